import { stableName } from "./lost-tests.ts";
import { succeeded } from "./qa-counts.ts";
import type { CommandRecord } from "./task-evidence.ts";

/** Several runs of one command on one tree that did not all end alike. */
export function isFlaky(runs: readonly CommandRecord[]): boolean {
  return runs.some(succeeded) && !runs.every(succeeded);
}

/** @returns how such runs ended, as a clause, with the tests that passed in one and failed in another. */
export function flakyOutcome(runs: readonly CommandRecord[]): string {
  const failures = runs.filter((run) => !succeeded(run)).length;
  const tests = runs.flatMap(({ executed }) => executed ?? []);
  const passed = new Set(tests.filter((test) => test.passed).map(stableName));
  const names = [...new Set(tests.filter((test) => !test.passed).map(stableName))].filter((name) =>
    passed.has(name),
  );
  const which = names.length === 0 ? "" : `: ${names.slice(0, 3).join(", ")}`;
  return `failures in ${failures} of ${runs.length} runs of the same files (it is flaky${which})`;
}
