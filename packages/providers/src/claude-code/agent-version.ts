import { RunnerError } from "@pm/core";
import { type Command, isExecutable } from "./command.ts";
import { probeCommand } from "./probe-command.ts";

/** The first version that knows every option we pass (`--json-schema`, `--tools`, `--disable-slash-commands`). */
const NEEDED = "2.0.60";
export const UNKNOWN_VERSION = "unknown";
const TIMEOUT_MS = 15_000;

/**
 * @returns the version that the executable tells, or `unknown` where it tells none (a stand-in).
 * @throws RunnerError E501 not there or not executable, E502 too old.
 */
export async function agentVersion(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
): Promise<string> {
  const missing = (cause?: unknown) => new RunnerError("E501", { command: command[0] }, cause);
  if (!isExecutable(command[0])) throw missing();
  const probe = await probeCommand({ command, args: ["--version"], env, homeDir, timeoutMs: TIMEOUT_MS });
  if (probe.spawnError === "ENOENT" || probe.spawnError === "EACCES") throw missing(probe.spawnError);
  const found = /^\s*v?(\d+\.\d+\.\d+)/.exec(probe.stdout)?.[1];
  if (found === undefined) return UNKNOWN_VERSION;
  if (isOlder(found, NEEDED)) throw new RunnerError("E502", { command: command[0], found, needed: NEEDED });
  return found;
}

function isOlder(found: string, needed: string): boolean {
  const [a, b] = [found, needed].map((version) => version.split(".").map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
