import type { FileChange, TreeId } from "../../evidence/change.ts";
import { isDocFile, isTestFile } from "../../gates/file-classes.ts";
import type { Git } from "../git.ts";
import { editTree, readBlobs, type TreeEntry, writeBlob } from "../trees.ts";

/**
 * The result with the bodies of all added and changed functions taken out. A check that still passes there does not
 * look at what they do.
 * @returns null where that can't be told: nothing to take out, another language, or changes beside functions that may be
 *   all that was asked for.
 */
export async function hollowTree(
  git: Git,
  workDir: string,
  result: TreeId,
  files: readonly FileChange[],
): Promise<TreeId | null> {
  const sources = files.filter((file) => !isTestFile(file.path) && !isDocFile(file.path));
  if (sources.some((file) => file.new_oid === null || !file.new_mode?.startsWith("100"))) return null;
  const blobs = await readBlobs(
    git,
    sources.flatMap((file) => [file.old_oid, file.new_oid].filter((oid) => oid !== null)),
  );
  // With a parser of JavaScript, which no start should pay for.
  const { hollowSource } = await import("./hollow-source.ts");
  const edits = new Map<string, TreeEntry>();
  for (const file of sources) {
    const text = (oid: string | null) => (oid === null ? null : (blobs.get(oid)?.toString("utf8") ?? null));
    const hollowed = hollowSource(file.path, text(file.old_oid), text(file.new_oid) ?? "");
    if (!hollowed || hollowed.otherChanges) return null;
    if (hollowed.taken === 0) continue;
    edits.set(file.path, {
      mode: file.new_mode ?? "",
      oid: await writeBlob(git, Buffer.from(hollowed.text)),
    });
  }
  return edits.size === 0 ? null : editTree(git, workDir, result, edits);
}
