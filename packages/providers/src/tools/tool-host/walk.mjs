import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Not the project's own work, and large. */
const SKIPPED = new Set([
  ".git",
  ".pm",
  "node_modules",
  "bower_components",
  ".venv",
  "venv",
  "__pycache__",
  ".tox",
  ".gradle",
]);

/** By code unit: the same everywhere, whatever the language. @param {string} a @param {string} b */
export const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The regular files below a folder, relative to it, sorted within each folder; symlinks are not followed.
 * @param {string} dir
 * @param {{ named: ReadonlySet<string>, signal: AbortSignal }} options `named`: folders asked for by name, not skipped
 * @returns {AsyncGenerator<string>}
 */
export async function* walk(dir, { named, signal }) {
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal.throwIfAborted();
    const entries = await readdir(join(dir, folder), { withFileTypes: true }).catch(() => []);
    const folders = [];
    for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) yield path;
      else if (entry.isDirectory() && (!SKIPPED.has(entry.name) || named.has(entry.name))) folders.push(path);
    }
    pending.push(...folders.reverse());
  }
}
