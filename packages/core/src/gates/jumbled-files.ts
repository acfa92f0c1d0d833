import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { isSourceFile, isTestFile } from "./file-classes.ts";

/** What a style or a page is, stands in its text: to look there is all that a check can do. */
const MARKUP = /\.(?:css|scss|sass|less|html?)$/i;

/**
 * The changes that a check of behaviour can't do without: all but tests, where code is among them. With these full of
 * words that mean nothing, a check that still passes only looks for text.
 * @returns none where no code has a new text: files that moved, links and modes are just looked at.
 */
export function jumbledFiles(change: ChangeSet): FileChange[] {
  const product = change.files.filter(({ path }) => !isTestFile(path));
  const known = new Set(change.files.map(({ old_oid }) => old_oid));
  const isCode = ({ path, new_mode, new_oid }: FileChange) =>
    new_mode?.startsWith("100") === true && !known.has(new_oid) && isSourceFile(path) && !MARKUP.test(path);
  return product.some(isCode) ? product : [];
}
