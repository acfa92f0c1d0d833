import type { ChangeSet } from "../evidence/change.ts";
import type { Check } from "../lifecycle/handover.ts";
import { isTestFile } from "./file-classes.ts";

/**
 * What of a result a check itself is made of: tests that agents wrote or changed, and new files that its command names.
 * Where there are any, the check counts only if it fails on the base with just these files added ("proof").
 * @returns paths, sorted; empty where the check needs no proof.
 */
export function proofFiles(change: ChangeSet, check: Check): string[] {
  if (check.type === "file") return [];
  const words = check.type === "command" ? check.argv.map((word) => word.replace(/^\.\//, "")) : [];
  return change.files
    .filter(({ path: file, status }) => isTestFile(file) || (status === "added" && words.includes(file)))
    .map((file) => file.path)
    .sort();
}
