/** From the host's side: what the processes of a command are given to hold their world, and whether one did. */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { childHome } from "../sandbox/child-home.ts";
import { HELD_FILES, heldWorld } from "../test-adapters/held-world.ts";
import { readOwnFile } from "./read-own-file.ts";
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
  const folder = `.pm-${randomBytes(12).toString("hex")}`;
  const held = heldWorld(path.join(childHome(ctx.isolation.level, home), folder), env);
  const own = path.join(fs.realpathSync(home), folder);
  fs.mkdirSync(own);
  for (const [name, text] of Object.entries(held.files)) fs.writeFileSync(path.join(own, name), text);
  return {
    env: held.env,
    wasHeld: () => HELD_FILES.some((name) => readOwnFile(path.join(own, name)) !== null),
  };
}
