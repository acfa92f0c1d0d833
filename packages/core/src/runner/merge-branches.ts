import type { TreeId } from "../evidence/change.ts";
import type { SnapshotStore } from "../workspace/types.ts";

/** What a subtask started from, and what it made of it. */
export interface Branch {
  readonly start: TreeId;
  readonly end: TreeId;
}

/**
 * Brings branches onto `base`, one after the other and in the given order, so that the same branches always make the same
 * tree.
 * @returns the tree, and for each branch that did not fit the paths that two sides changed differently
 */
export async function mergeBranches(
  store: Pick<SnapshotStore, "merge">,
  base: TreeId,
  branches: readonly Branch[],
): Promise<{ readonly tree: TreeId; readonly conflicts: readonly (readonly string[])[] }> {
  let tree = base;
  const conflicts: string[][] = [];
  for (const { start, end } of branches) {
    const merged = await store.merge(start, tree, end);
    tree = merged.tree;
    if (merged.conflicts.length > 0) conflicts.push(merged.conflicts);
  }
  return { tree, conflicts };
}
