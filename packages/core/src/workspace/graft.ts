import type { TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { graftTests } from "./rust/graft-tests.ts";
import { editTree, readTree, type TreeEntry } from "./trees.ts";

/**
 * @param within those of the paths of which only the tests that stand in them are taken.
 * @returns `tree` with the given paths as `source` has them, absent where it has none
 */
export async function graftPaths(
  git: Git,
  workDir: string,
  tree: TreeId,
  source: TreeId,
  paths: readonly string[],
  within: readonly string[],
): Promise<TreeId> {
  const whole = paths.filter((path) => !within.includes(path));
  const tests = paths.filter((path) => within.includes(path));
  return graftTests(git, workDir, await graftWhole(git, workDir, tree, source, whole), source, tests);
}

async function graftWhole(
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
