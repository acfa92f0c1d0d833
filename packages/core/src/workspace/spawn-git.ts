import { spawn } from "node:child_process";
import { RunnerError } from "../errors/runner-error.ts";

export const GIT_NEEDED = "2.30";

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitSpawn {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: Buffer | string;
  /** Bytes of stdout to keep; git is stopped after that and `code` is 0. */
  readonly maxBytes?: number;
}

/** Stderr is for messages only; a flood of warnings must not fill memory. */
const STDERR_LIMIT = 64 * 1024;

/**
 * Runs git without a shell and collects its output.
 * @returns the exit code and output, also for a code other than 0
 * @throws E110 where there is no git
 */
export function spawnGit({ args, cwd, env, input, maxBytes }: GitSpawn): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = "";
    let cut = false;
    child.stdout.on("data", (chunk: Buffer) => {
      if (cut) return;
      size += chunk.length;
      if (maxBytes === undefined || size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.push(chunk.subarray(0, chunk.length - (size - maxBytes)));
      cut = true;
      child.kill("SIGKILL");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < STDERR_LIMIT) stderr += text;
    });
    // git may end before it has read all of its input; the exit code says whether that matters.
    child.stdin.on("error", () => undefined);
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new RunnerError("E110", { needed: GIT_NEEDED }, error)
          : new RunnerError("E119", { path: "git", reason: error.message }, error),
      );
    });
    child.on("close", (code) =>
      resolve({ code: cut ? 0 : (code ?? 128), stdout: Buffer.concat(chunks), stderr }),
    );
    child.stdin.end(input ?? "");
  });
}
