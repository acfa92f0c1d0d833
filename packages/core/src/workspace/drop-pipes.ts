import { type Dirent, readdirSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";

/** Event loop turns are given back after this many directories. */
const SLICE = 200;

/**
 * Removes named pipes that an agent put where git reads a file of its own (`.gitignore`, `.gitattributes`): opening one
 * waits for ever.
 * @returns false where a directory could not be looked into
 */
export async function dropPipes(root: string): Promise<boolean> {
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
      if (entry.isDirectory()) {
        if (entry.name !== ".git") pending.push(path);
      } else if (entry.isFIFO() && entry.name.startsWith(".git")) {
        await unlink(path);
      }
    }
  }
  return allSeen;
}
