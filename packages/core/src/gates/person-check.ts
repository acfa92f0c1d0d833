import { recordsOf } from "./check-standing.ts";
import { outcomeOf, succeeded } from "./qa-counts.ts";
import type { TaskEvidence } from "./task-evidence.ts";

/** Id under which the runs of a person's own check are on record; `index` counts from 0. */
export const personCheckId = (index: number): string => `U${index + 1}`;

/** @returns how a person's own check failed on the result, as a clause, or null where it passes there. */
export function personCheckFailure(
  evidence: TaskEvidence,
  argv: readonly string[],
  index: number,
): string | null {
  const records = recordsOf(evidence, personCheckId(index), argv).filter(
    ({ on, tree }) => on === "result" && tree === evidence.change?.result,
  );
  const broken = records.find((record) => !succeeded(record));
  if (records.length > 0 && broken === undefined) return null;
  return broken ? outcomeOf(broken) : "it was not run";
}
