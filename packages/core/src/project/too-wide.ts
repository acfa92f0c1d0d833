import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { parse } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";

/**
 * The root of a disk or a home folder is no project, though a home folder has a `.claude` of its own: a snapshot would
 * copy every key in it.
 * @param root real path. @returns E124, or null where the folder may be a project
 */
export function tooWide(root: string): RunnerError | null {
  if (parse(root).root === root) return new RunnerError("E124", { path: root, what: "the root of the disk" });
  if (root === realHome()) return new RunnerError("E124", { path: root, what: "your home folder" });
  return null;
}

function realHome(): string {
  try {
    return realpathSync(homedir());
  } catch {
    return homedir();
  }
}
