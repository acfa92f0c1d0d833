import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NEW, OLD } from "./sample.mjs";

/** Names of the files by which `pm` lands and tries a folder: allowed while a crash is not settled, and never afterwards. */
const TEMPORARY = /(^|\/)\.pm-(land-[0-9a-f]{16}|probe-[0-9a-f-]{36}\.tmp)$/;

/**
 * @returns `torn`: paths that hold neither what was there before nor what is to be there; `temporary`: what `pm` left;
 *   `is`: "old", "new" or "mixed"
 */
export function projectState(project) {
  const files = new Map();
  for (const path of userFiles(project, "")) files.set(path, readFileSync(join(project, path), "utf8"));
  const temporary = [...files.keys()].filter((path) => TEMPORARY.test(path));
  const paths = new Set([...Object.keys(OLD), ...Object.keys(NEW), ...files.keys()]);
  for (const path of temporary) paths.delete(path);
  const all = [...paths];
  const asIn = (tree) => (path) => files.get(path) === tree[path];
  const torn = all.filter((path) => !asIn(OLD)(path) && !asIn(NEW)(path));
  const is = all.every(asIn(OLD)) ? "old" : all.every(asIn(NEW)) ? "new" : "mixed";
  return { torn, temporary, is };
}

/** Not in pm's own folder: what is left of its processes may still be tidying up there. */
function userFiles(project, dir) {
  const entries = readdirSync(join(project, dir), { withFileTypes: true });
  return entries
    .filter(({ name }) => dir !== "" || ![".git", ".pm"].includes(name))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? userFiles(project, path) : [path];
    });
}
