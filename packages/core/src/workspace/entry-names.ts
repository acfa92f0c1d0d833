import { isUtf8 } from "node:buffer";
import { RunnerError } from "../errors/runner-error.ts";

/** Temp files of a landing; a crash can leave one, and it is never part of the project. */
export const LAND_TEMP = /(^|\/)\.pm-land-[0-9a-f]{16}$/;

/**
 * Splits git's NUL-separated output.
 * @throws E120 naming the first name that is not UTF-8: JSON evidence could not hold it
 */
export function splitNames(bytes: Buffer): string[] {
  if (bytes.length === 0) return [];
  if (!isUtf8(bytes)) throw new RunnerError("E120", { path: firstBadName(bytes) });
  const names = bytes.toString("utf8").split("\0");
  if (names.at(-1) === "") names.pop();
  return names;
}

function firstBadName(bytes: Buffer): string {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0, start);
    const name = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (end < 0 || !isUtf8(name)) return JSON.stringify(name.toString("latin1"));
    start = end + 1;
  }
}

/**
 * What no tree of ours holds: `pm`'s own folder, anything called `.git` in any case (git refuses it, and on some file
 * systems it is the same as `.git`), and leftovers of a landing.
 */
export function isNeverStored(path: string): boolean {
  if (path === ".pm" || path.startsWith(".pm/")) return true;
  if (path.includes(".pm-land-") && LAND_TEMP.test(path)) return true;
  return /(^|\/)\.git(\/|$)/i.test(path);
}

/** git keeps no symlink of this name, in any case. */
export function isUnstorableLink(path: string): boolean {
  return /(^|\/)\.gitmodules$/i.test(path);
}
