import { posix } from "node:path";
import type { ChangeSet } from "../evidence/change.ts";
import { isCheckingFile } from "./check-code.ts";
import { recordsOf } from "./check-standing.ts";
import { isTestFile } from "./file-classes.ts";
import { outcomeOf, succeeded } from "./qa-counts.ts";
import { scopeMatcher } from "./scope-match.ts";
import type { CommandRecord, TaskEvidence } from "./task-evidence.ts";

/** Id under which the runs of a person's own check are on record; `index` counts from 0. */
export const personCheckId = (index: number): string => `U${index + 1}`;

/**
 * What a person's own check may rest on and the task changed: files of the base that test or check the project. It has
 * to pass with these put back, too, unless the person named them: a check is only worth what it was when it was given.
 * @param words the prompt and what was given with `--scope`.
 * @returns paths, sorted.
 */
export function personCheckFiles(
  change: ChangeSet,
  words: { readonly prompt: string; readonly scope: readonly string[] },
): string[] {
  const named = scopeMatcher(words.scope);
  return change.files
    .filter(
      ({ path, status }) =>
        status !== "added" &&
        (isTestFile(path) || isCheckingFile(path) || change.tests_within.includes(path)),
    )
    .map(({ path }) => path)
    .filter((path) => !named(path) && !words.prompt.includes(posix.basename(path)))
    .sort();
}

/** @returns how a person's own check failed on the result, as a clause, or null where it passes there. */
export function personCheckFailure(
  evidence: TaskEvidence,
  argv: readonly string[],
  index: number,
): string | null {
  const records = recordsOf(evidence, personCheckId(index), argv);
  const result = records.filter(({ on, tree }) => on === "result" && tree === evidence.change?.result);
  if (result.length === 0) return "it was not run";
  const failure = (ran: readonly CommandRecord[]) => ran.find((record) => !succeeded(record));
  const broken = failure(result);
  if (broken) return outcomeOf(broken);
  const restored = failure(records.filter(({ on }) => on === "restored"));
  return restored ? `${outcomeOf(restored)} with the files put back that it was given with` : null;
}
