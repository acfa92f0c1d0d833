import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExecutionResult } from "@pm/core";

const LAUNCHER = fileURLToPath(new URL("../../apps/cli/bin/pm.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../apps/cli/dist/main.js", import.meta.url));
const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
/** The pinned CLI of the dev dependencies. */
export const REAL_CLAUDE = join(BIN, "claude");

export interface PmRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `pm` as its own process, with nothing of this one's environment but PATH. */
export async function runPm(args: readonly string[], env: Readonly<Record<string, string>>): Promise<PmRun> {
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
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

export const resultOf = (run: PmRun): ExecutionResult => {
  if (run.stdout === "") throw new Error(`pm printed no result: ${run.stderr}`);
  return JSON.parse(run.stdout) as ExecutionResult;
};
