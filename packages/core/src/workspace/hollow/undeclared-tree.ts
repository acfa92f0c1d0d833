import type { FileChange, TreeId } from "../../evidence/change.ts";
import { isTestFile } from "../../gates/file-classes.ts";
import type { Git } from "../git.ts";
import { editTree, readBlobs, type TreeEntry } from "../trees.ts";

/**
 * The result in which changed files that only name things (what they export of others, import, or say of types) are as they
 * were on the base. A check that passes without the bodies of functions, and fails there, is about those names.
 * @returns null where no such file changed.
 */
export async function undeclaredTree(
  git: Git,
  workDir: string,
  result: TreeId,
  files: readonly FileChange[],
): Promise<TreeId | null> {
  const changed = files.flatMap(({ path, old_oid, old_mode, new_oid }) =>
    old_oid !== null && old_mode?.startsWith("100") && new_oid !== null && !isTestFile(path)
      ? [{ path, old: { mode: old_mode, oid: old_oid }, new_oid }]
      : [],
  );
  const blobs = await readBlobs(
    git,
    changed.flatMap(({ old, new_oid }) => [old.oid, new_oid]),
  );
  const { hollowSource } = await import("./hollow-source.ts");
  const text = (oid: string) => blobs.get(oid)?.toString("utf8") ?? "";
  const edits = new Map<string, TreeEntry>();
  for (const { path, old, new_oid } of changed)
    if (hollowSource(path, text(old.oid), text(new_oid))?.taken === 0) edits.set(path, old);
  return edits.size === 0 ? null : editTree(git, workDir, result, edits);
}
