import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { openAccess, removeTree } from "./open-access.ts";
import { tooLarge } from "./refuse-large.ts";

/** Event loop turns are given back after this many directories. */
const SLICE = 200;

/** git reads the whole of a `.gitignore` or `.gitattributes` into memory. */
const RULES_LIMIT = 16 * 1024 * 1024;

/**
 * Takes out of a workspace what a git that only looks at it could wait at for ever or read without end: pipes, sockets and
 * devices, and every `.git`, whose files git opens to find out whether a folder is a repository. None of it is ever stored.
 * @returns false where a directory could not be looked into
 * @throws E125 for a file of rules that is too large, E104, E119
 */
export async function tameWorkspace(root: string): Promise<boolean> {
  let allSeen = true;
  const pending = [root];
  let n = 0;
  for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
    if (++n % SLICE === 0) await new Promise(setImmediate);
    let entries: Dirent[];
    try {
      entries = readdirSync(dir, { withFileTypes: true });
    } catch {
      allSeen = false;
      continue;
    }
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.name.toLowerCase() === ".git") await drop(dir, () => removeTree(path));
      else if (entry.isDirectory()) pending.push(path);
      else if (!entry.isFile() && !entry.isSymbolicLink()) await drop(dir, () => unlink(path));
      else if (entry.name.startsWith(".git") && entry.isFile()) {
        const { size } = lstatSync(path);
        if (size > RULES_LIMIT) throw tooLarge(path.slice(root.length + 1), size, RULES_LIMIT);
      }
    }
  }
  return allSeen;
}

/** Nothing can be taken out of a directory that may not be written. */
async function drop(dir: string, remove: () => Promise<void>): Promise<void> {
  await remove().catch(async () => {
    await openAccess(dir, false);
    await remove();
  });
}
