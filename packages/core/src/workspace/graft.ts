import type { TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { editTree, readTree, type TreeEntry } from "./trees.ts";

/** @returns `tree` with the given paths as `source` has them, absent where it has none */
export async function graftPaths(
  git: Git,
  workDir: string,
  tree: TreeId,
  source: TreeId,
  paths: readonly string[],
): Promise<TreeId> {
  if (paths.length === 0) return tree;
  const [here, there] = await Promise.all([readTree(git, tree), readTree(git, source)]);
  const edits = new Map<string, TreeEntry | null>();
  for (const path of paths) {
    const wanted = there.get(path) ?? null;
    if (wanted !== null || here.has(path)) edits.set(path, wanted);
  }
  return editTree(git, workDir, tree, edits);
}
