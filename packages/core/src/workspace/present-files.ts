import { type BigIntStats, lstatSync } from "node:fs";
import { join } from "node:path";
import { isNeverStored, isUnstorableLink } from "./entry-names.ts";
import { packStat } from "./index-file.ts";

/** Event loop turns are given back after this many `lstat` calls. */
const SLICE = 4000;

export interface Presence {
  /** Regular files and symlinks that really lie at their path, with their stat data as `packStat` gives it. */
  readonly files: Map<string, Buffer>;
  /** Directories, where a listing named a path that is one (a submodule, a repository in the project). */
  readonly dirs: string[];
  /** Size of the largest of the files, and of all together; a hole counts. */
  readonly largest: number;
  readonly bytes: number;
}

/**
 * Sorts listed paths by what is on disk. What is gone, is neither file nor symlink (a pipe, a socket, a device) or lies
 * beyond a symlink is left out.
 */
export async function sortByPresence(root: string, paths: readonly string[]): Promise<Presence> {
  const isRealDir = realDirs(root);
  const files = new Map<string, Buffer>();
  const dirs: string[] = [];
  let largest = 0;
  let bytes = 0;
  let n = 0;
  for (const path of paths) {
    if (++n % SLICE === 0) await new Promise(setImmediate);
    if (isNeverStored(path) || !isRealDir(parentOf(path))) continue;
    const stat = lstatOrNull(join(root, path));
    if (stat === null) continue;
    if (stat.isFile()) {
      files.set(path, packStat(stat));
      const size = Number(stat.size);
      largest = Math.max(largest, size);
      bytes += size;
    }
    if (stat.isSymbolicLink() && !isUnstorableLink(path)) files.set(path, packStat(stat));
    else if (stat.isDirectory()) dirs.push(path);
  }
  return { files, dirs, largest, bytes };
}

/** @returns whether a relative directory and all above it, below `root`, are directories and not symlinks; memoised */
function realDirs(root: string): (dir: string) => boolean {
  const known = new Map<string, boolean>([["", true]]);
  const check = (dir: string): boolean => {
    const before = known.get(dir);
    if (before !== undefined) return before;
    const real = check(parentOf(dir)) && lstatOrNull(join(root, dir))?.isDirectory() === true;
    known.set(dir, real);
    return real;
  };
  return check;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

function lstatOrNull(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false, bigint: true }) ?? null;
  } catch {
    // Not a directory above, or no access to it: git could not read it either.
    return null;
  }
}
