import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { childHome } from "../sandbox/child-home.ts";
import type { TaskContext } from "./task-context.ts";

/** A folder of one run's own in its HOME, under a name that nobody guesses. */
export interface RunFolder {
  /** Its path as the run's processes see it. */
  readonly seen: string;
  /** Makes it, with these files. @returns its path on the host, without links. */
  fill(files: Readonly<Record<string, string>>): string;
}

/** @param home the host's folder that is HOME of the command. */
export function runFolder(ctx: TaskContext, home: string): RunFolder {
  const name = `.pm-${randomBytes(12).toString("hex")}`;
  return {
    seen: path.join(childHome(ctx.isolation.level, home), name),
    fill(files) {
      const own = path.join(fs.realpathSync(home), name);
      fs.mkdirSync(own);
      for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(own, file), text);
      return own;
    },
  };
}
