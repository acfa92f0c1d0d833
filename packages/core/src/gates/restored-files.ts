import type { ChangeSet } from "../evidence/change.ts";
import { isTestFile } from "./file-classes.ts";

/**
 * What of a change says how the project is tested: test files, helpers, fixtures, snapshots, sources for
 * the tests in them, and what a QA command itself executes. QA runs once more with all of these as they were on the base,
 * added ones taken away.
 * @param words argv of the QA commands, the text of the base's scripts, and files in which tests were found. @returns paths, sorted.
 */
export function restoredFiles(change: ChangeSet, words: readonly string[] = []): string[] {
  const within = new Set(change.tests_within);
  const executed = new Set(words.map((word) => word.replace(/^\.\//, "")));
  return change.files
    .map(({ path }) => path)
    .filter((path) => isTestFile(path) || within.has(path) || executed.has(path))
    .sort();
}
