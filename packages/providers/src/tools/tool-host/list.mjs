import { readdir } from "node:fs/promises";
import { capLines } from "./capped.mjs";
import { byName } from "./walk.mjs";

const MAX_ENTRIES = 1_000;

/**
 * The entries of a folder: `name/` is a folder, `name@` a symlink.
 * @type {import("./main.mjs").Tool}
 */
export async function list(/** @type {{ path?: string }} */ { path = "." }, { workspace }) {
  const folder = await workspace.folder(path);
  const entries = await readdir(folder.path, { withFileTypes: true });
  const names = entries.map((entry) => entry.name + markOf(entry)).sort(byName);
  if (names.length === 0) return "[the folder is empty]";
  return capLines(names, MAX_ENTRIES, "entries");
}

/** @param {import("node:fs").Dirent} entry */
function markOf(entry) {
  if (entry.isDirectory()) return "/";
  return entry.isSymbolicLink() ? "@" : "";
}
