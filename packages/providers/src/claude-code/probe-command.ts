import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "./command.ts";

export interface ProbeInput {
  readonly command: Command;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly timeoutMs: number;
  readonly stdin?: string;
}

export interface ProbeResult {
  readonly ok: boolean;
  readonly stdout: string;
  /** `ENOENT` and the like, where it could not be started. */
  readonly spawnError: string | null;
}

const PASSED_ON = ["PATH", "LANG", "TZ", "USER", "LOGNAME", "CLAUDE_CONFIG_DIR"];
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** Runs the user's own Claude Code outside the isolation, in an empty folder, with nothing to read but `stdin`. */
export async function probeCommand(input: ProbeInput): Promise<ProbeResult> {
  const cwd = await mkdtemp(join(tmpdir(), "pm-probe-"));
  const env: NodeJS.ProcessEnv = {
    HOME: input.homeDir,
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  };
  for (const name of PASSED_ON) if (input.env[name] !== undefined) env[name] = input.env[name];
  const [file, ...fixed] = input.command;
  try {
    return await new Promise<ProbeResult>((resolve) => {
      const child = execFile(
        file,
        [...fixed, ...input.args],
        { cwd, env, timeout: input.timeoutMs, killSignal: "SIGKILL", maxBuffer: MAX_OUTPUT_BYTES },
        (error, stdout) => {
          const code = error?.code;
          resolve({ ok: error === null, stdout, spawnError: typeof code === "string" ? code : null });
        },
      );
      child.stdin?.on("error", () => {});
      child.stdin?.end(input.stdin ?? "");
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
