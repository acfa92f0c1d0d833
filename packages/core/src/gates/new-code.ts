/** What of a change is code, and what a check of behaviour can't do without. */
import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { isSourceFile, isTestFile } from "./file-classes.ts";

/** What a style, a page or a schema is, stands in its text: to look there is all that a check can do. */
const MARKUP = /\.(?:css|scss|sass|less|html?|sql|graphql|gql|proto|tf)$/i;

/** Whether a changed file is a program, by its name or by what stands in it. */
export function isCode(change: ChangeSet, path: string): boolean {
  return (isSourceFile(path) && !MARKUP.test(path)) || change.programs.includes(path);
}

/** Whether code has a new text; files that moved, links and modes are just looked at. */
export function hasNewCode(change: ChangeSet): boolean {
  const known = new Set(change.files.map(({ old_oid }) => old_oid));
  return change.files.some(
    ({ path, new_mode, new_oid }) =>
      new_mode?.startsWith("100") === true &&
      !known.has(new_oid) &&
      !isTestFile(path) &&
      isCode(change, path),
  );
}

/**
 * What changed beside tests. With these full of words that mean nothing, a check that still passes only looks for text.
 * @returns none where nothing but links and the like changed.
 */
export function jumbledFiles(change: ChangeSet): FileChange[] {
  const product = change.files.filter(({ path }) => !isTestFile(path));
  return product.some(({ new_mode }) => new_mode?.startsWith("100")) ? product : [];
}
