import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The home folder of `pm`: `PM_HOME`, else `~/.pm-orchestrator-runner`. */
export function pmHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env.PM_HOME;
  return given ? resolve(given) : join(homedir(), ".pm-orchestrator-runner");
}
