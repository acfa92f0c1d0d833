import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { findSecrets } from "../evidence/secret-patterns.ts";

/** Shorter known values would be found everywhere. */
const SHORTEST_KNOWN = 8;

/**
 * @param known exact values that must not appear, such as the keys in use
 * @returns what of a secret's form stands in lines that the base's file does not have
 */
export function findChangedSecrets(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
  known: readonly string[],
): ChangeSet["secrets"] {
  const values = known.filter((value) => value.length >= SHORTEST_KNOWN);
  return files.flatMap((file) => {
    if (file.new_oid === null || file.new_oid === file.old_oid) return [];
    const text = addedText(blobs.get(file.old_oid ?? ""), blobs.get(file.new_oid));
    const kinds = findSecrets(text);
    if (values.some((value) => text.includes(value))) kinds.push("a key in use");
    return kinds.map((kind) => ({ path: file.path, kind }));
  });
}

/** Lines of `after` that `before` has nowhere; without NULs, so that UTF-16 text and binaries are read too. */
function addedText(before: Buffer | undefined, after: Buffer | undefined): string {
  const lines = (bytes: Buffer | undefined) =>
    (bytes?.toString("utf8") ?? "").replaceAll("\0", "").split("\n");
  const old = new Set(lines(before));
  return lines(after)
    .filter((line) => !old.has(line))
    .join("\n");
}
