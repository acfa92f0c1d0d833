import type { TreeId } from "../evidence/change.ts";
import { isDocFile } from "../gates/file-classes.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";
import { readBlobs, readTree } from "./trees.ts";

/** @returns a file's bytes (of a symlink: its target), or null where the tree has no such file */
export async function readTreeFile(git: Git, tree: TreeId, path: string): Promise<Buffer | null> {
  if (!isPlainPath(path)) return null;
  const entry = (await readTree(git, tree, [path])).get(path);
  if (entry === undefined || entry.mode === "160000") return null;
  return (await readBlobs(git, [entry.oid])).get(entry.oid) ?? null;
}

/** @returns the paths of all files, in git's order */
export async function listTreeFiles(git: Git, tree: TreeId): Promise<string[]> {
  return splitNames((await git.read(["ls-tree", "-r", "-z", "--full-tree", "--name-only", tree])).stdout);
}

/** Whether a file that is no document has the word in it. */
export async function hasWord(git: Git, tree: TreeId, word: string): Promise<boolean> {
  const args = ["grep", "-l", "-z", "-w", "-I", "-F", "-e", word, tree];
  const { stdout } = await git.read(args, { ok: [0, 1] });
  return splitNames(stdout).some((name) => !isDocFile(name.slice(tree.length + 1)));
}

/** git would resolve others against a directory, or refuse them. */
function isPlainPath(path: string): boolean {
  return !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}
