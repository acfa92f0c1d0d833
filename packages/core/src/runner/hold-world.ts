/** From the host's side: what the processes of a command are given to hold their world, and whether one did. */
import * as path from "node:path";
import { HELD_FILES, heldWorld } from "../test-adapters/held-world.ts";
import { readOwnFile } from "./read-own-file.ts";
import { runFolder } from "./run-folder.ts";
import type { TaskContext } from "./task-context.ts";

export interface WorldHolder {
  readonly env: Readonly<Record<string, string>>;
  /** Call when nothing of the command is alive any more. */
  wasHeld(): boolean;
}

/**
 * @param home the host's folder that is HOME of the command.
 * @param env variables that watching the command's tests needs.
 */
export function holdWorld(
  ctx: TaskContext,
  home: string,
  env: Readonly<Record<string, string>> = {},
): WorldHolder {
  const folder = runFolder(ctx, home);
  const held = heldWorld(folder.seen, env);
  const own = folder.fill(held.files);
  return {
    env: held.env,
    wasHeld: () => HELD_FILES.some((name) => readOwnFile(path.join(own, name)) !== null),
  };
}
