import { capLines } from "./capped.mjs";
import { compileGlob } from "./glob-pattern.mjs";
import { byName, walk } from "./walk.mjs";

const MAX_MATCHES = 1_000;
/** A tree without end, or nearly so. */
const MAX_SEEN = 500_000;

/**
 * Files whose path matches a pattern.
 * @type {import("./main.mjs").Tool}
 */
export async function glob(
  /** @type {{ pattern: string, path?: string }} */ { pattern, path = "." },
  { workspace, signal },
) {
  const folder = await workspace.folder(path);
  const matches = compileGlob(pattern);
  const prefix = folder.shown === "." ? "" : `${folder.shown}/`;
  /** @type {string[]} */
  const found = [];
  let seen = 0;
  for await (const file of walk(folder.path, { named: new Set(pattern.split("/")), signal })) {
    seen += 1;
    if (seen > MAX_SEEN) throw new Error(`more than ${MAX_SEEN} files in ${path}: search a folder of it`);
    if (matches(file)) found.push(prefix + file);
  }
  if (found.length === 0) return `[no file matches ${pattern}]`;
  found.sort(byName);
  return capLines(found, MAX_MATCHES, "files");
}
