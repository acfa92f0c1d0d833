import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** The child can't be started as asked; a fact about the call, which ends as `spawn_failed`. */
export class SpawnRefused extends Error {
  override readonly name = "SpawnRefused";
}

/**
 * `spawn`, whose errors at the call itself (a NUL in an argument, a list too long) become SpawnRefused; others come as
 * the child's `error` event.
 */
export function spawnChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(command, [...args], options);
  } catch (error) {
    throw new SpawnRefused(error instanceof Error ? error.message : String(error));
  }
}
