import type { FileChange, TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { editTree, readBlobs, type TreeEntry, writeBlob } from "./trees.ts";

/** No language of programs or data begins so: what parses such a file fails, whatever it is. */
const NO_BEGINNING = Buffer.from(")\n");

/**
 * The result with the given changes turned into words without meaning: each file holds all that stood in it before and
 * after, and can't be parsed; what was deleted is there again. Who only looks for text finds it all, and text that is
 * gone is not; who runs, loads or compiles any of it fails.
 */
export async function jumbleTree(
  git: Git,
  workDir: string,
  result: TreeId,
  changes: readonly FileChange[],
): Promise<TreeId> {
  const sides = changes.flatMap(({ old_oid, old_mode, new_oid, new_mode }) => [
    ...(isFile(old_mode) && old_oid !== null ? [old_oid] : []),
    ...(isFile(new_mode) && new_oid !== null ? [new_oid] : []),
  ]);
  const blobs = await readBlobs(git, sides);
  const edits = new Map<string, TreeEntry>();
  for (const { path, old_mode, old_oid, new_mode, new_oid } of changes) {
    if (new_mode === null && old_mode !== null && old_oid !== null)
      edits.set(path, { mode: old_mode, oid: old_oid });
    if (!isFile(new_mode)) continue;
    const texts = [new_oid, old_oid].map((oid) => blobs.get(oid ?? "") ?? Buffer.alloc(0));
    const content = Buffer.concat([NO_BEGINNING, texts[0] as Buffer, NO_BEGINNING, texts[1] as Buffer]);
    const mode = isFile(old_mode) ? old_mode : new_mode;
    edits.set(path, { mode, oid: await writeBlob(git, content) });
  }
  return editTree(git, workDir, result, edits);
}

const isFile = (mode: string | null): mode is string => mode?.startsWith("100") === true;
