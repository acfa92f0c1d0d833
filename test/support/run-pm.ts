import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ExecutionResult } from "@pm/core";

export const LAUNCHER = fileURLToPath(new URL("../../apps/cli/bin/pm.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../apps/cli/dist/main.js", import.meta.url));
const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
/** The pinned CLI of the dev dependencies. */
export const REAL_CLAUDE = join(BIN, "claude");

export interface PmRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningPm {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when `text` was printed on stderr. Rejects where `pm` ends before that. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<PmRun>;
}

/** Starts the built `pm` as its own process, with nothing of this one's environment but PATH. */
export function spawnPm(args: readonly string[], env: Readonly<Record<string, string>>): RunningPm {
  if (!existsSync(BUNDLE)) throw new Error("pm is not built; run: npx pnpm build");
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<PmRun>((resolve) =>
    child.on("close", (code) => resolve({ code, stdout, stderr })),
  );
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(text) && resolve();
      child.stderr.on("data", look);
      void ended.then(() => reject(new Error(`pm ended before it printed ${text}: ${stderr}`)));
      look();
    });
  return { child, printed, ended };
}

/** Runs the built `pm` to its end. */
export function runPm(args: readonly string[], env: Readonly<Record<string, string>>): Promise<PmRun> {
  return spawnPm(args, env).ended;
}

export const resultOf = (run: PmRun): ExecutionResult => {
  if (run.stdout === "") throw new Error(`pm printed no result: ${run.stderr}`);
  return JSON.parse(run.stdout) as ExecutionResult;
};
