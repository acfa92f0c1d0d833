import type { ChangeSet } from "../evidence/change.ts";
import type { Check } from "../lifecycle/handover.ts";
import { argvPaths } from "./argv-paths.ts";
import { isSnapshot, isTestFile } from "./file-classes.ts";

/**
 * What of a result a check itself is made of: tests that agents wrote or changed, and new files that its command names.
 * Where there are any, the check counts only if it fails on the base with just these files added ("proof").
 * @returns paths, sorted; empty where the check needs no proof.
 */
export function proofFiles(change: ChangeSet, check: Check): string[] {
  if (check.type === "file") return [];
  const named = argvPaths(check.type === "command" ? check.argv : []);
  return change.files
    .filter(({ path: file, status }) => isTestFile(file) || (status === "added" && named.has(file)))
    .map((file) => file.path)
    .sort();
}

/**
 * A check that runs a test file which agents changed, or whose snapshots they did: that it was green before says nothing,
 * since the test is another now. It must fail on the base with the new test instead.
 */
export function runsChangedTest(change: ChangeSet, check: Check): boolean {
  if (check.type !== "command") return false;
  const named = argvPaths(check.argv);
  const runsTest = [...named].some(isTestFile);
  return change.files.some(
    ({ path, status }) =>
      status !== "deleted" && ((isTestFile(path) && named.has(path)) || (runsTest && isSnapshot(path))),
  );
}
