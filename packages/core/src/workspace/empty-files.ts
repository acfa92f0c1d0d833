import type { TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { editTree, readTree, type TreeEntry, writeBlob } from "./trees.ts";

/** `tree` with nothing in the files named; what is no file there stays as it is. */
export async function emptyFiles(
  git: Git,
  workDir: string,
  tree: TreeId,
  paths: readonly string[],
): Promise<TreeId> {
  const entries = await readTree(git, tree);
  const oid = await writeBlob(git, Buffer.alloc(0));
  const edits = new Map<string, TreeEntry>();
  for (const path of paths) {
    const mode = entries.get(path)?.mode;
    if (mode?.startsWith("100")) edits.set(path, { mode, oid });
  }
  return editTree(git, workDir, tree, edits);
}
