import type { Violation } from "../lifecycle/violation.ts";
import { flakyOutcome, isFlaky } from "./flaky-tests.ts";
import { heldFaults } from "./held-tests.ts";
import { lostTests, stableName } from "./lost-tests.ts";
import { listed, objector } from "./objector.ts";
import { isReported, notices, outcomeOf, qaOn, qaOnResult, succeeded } from "./qa-counts.ts";
import { restoredFiles } from "./restored-files.ts";
import type { CommandRecord, Gate, TaskEvidence } from "./task-evidence.ts";

export const testsGate: Gate = {
  name: "tests",
  objectsTo:
    "a test of the base that ran before and does not run on the result (deleted, skipped, focused away), one that fails behind exit code 0, a runner that leaves no report any more, tests that only print and pass whatever they expect, or a result that fails with the base's test files put back, or as soon as it can't replace the clock and functions that it shares with them",
  evaluate(evidence) {
    // A command that failed is told by the qa gate; what else follows from that needs no saying.
    return qaOnResult(evidence)
      .filter(succeeded)
      .flatMap((result) => judge(evidence, result));
  },
};

const RESULT = "the result";
const RESTORED = "the result with the base's test files put back";

function judge(evidence: TaskEvidence, result: CommandRecord): Violation[] {
  const object = objector("tests", evidence);
  const base = qaOn(evidence, "base", result.id).at(-1);
  // Without a run that worked or counted tests before, there is nothing that could be lost.
  if (base === undefined || !(succeeded(base) || executed(base) > 0)) return [];
  const reasons = [
    ...compare(base, result, RESULT),
    ...restoredFaults(evidence, base, result),
    ...unmoved(evidence, base),
    ...heldFaults(evidence, base),
  ];
  return [...new Set(reasons)].map((reason) =>
    object("E237", "INCOMPLETE", { command: result.id, reason }, { approval: "accept" }),
  );
}

function restoredFaults(evidence: TaskEvidence, base: CommandRecord, result: CommandRecord): string[] {
  const restored = qaOn(evidence, "restored", result.id);
  if (restored.length === 0) {
    const needed =
      base.tests !== null && evidence.change !== null && restoredFiles(evidence.change).length > 0;
    return needed ? [`it was not run on ${RESTORED}`] : [];
  }
  const trees = [...new Set(restored.map(({ tree }) => tree))];
  return trees.flatMap((tree) =>
    faultsOn(
      restored.filter((record) => record.tree === tree),
      base,
    ),
  );
}

/** @param runs of one tree */
function faultsOn(runs: readonly CommandRecord[], base: CommandRecord): string[] {
  if (isFlaky(runs)) return [`on ${RESTORED} it ends with ${flakyOutcome(runs)}`];
  const broken = runs.find((record) => !succeeded(record));
  if (broken) return [`it fails on ${RESTORED} with ${outcomeOf(broken)}`];
  return runs.flatMap((record) =>
    executed(record) < executed(base) && isReported(record) === isReported(base)
      ? [`${executed(record)} tests ran on ${RESTORED}, ${executed(base)} on the base`]
      : compare(base, record, RESTORED),
  );
}

/**
 * The base's tests expect other values, and that fails on the base, but not on the result: it is not they who speak there.
 * By name where the runner reports itself; a test that is not looked at on the base either says nothing.
 */
function unmoved(evidence: TaskEvidence, base: CommandRecord): string[] {
  const altered = qaOn(evidence, "altered_restored", base.id);
  const control = qaOn(evidence, "altered_base", base.id);
  if (!succeeded(base) || altered.length === 0 || control.length === 0) return [];
  if (control.every(notices) && !altered.every(notices))
    return ["on the result it passes whatever the base's tests expect, so what it prints is not their word"];
  if (![...altered, ...control].every(isReported)) return [];
  const heard = control.map((run) => new Set(namesOf(run, false)));
  const deaf = [...new Set(altered.flatMap((run) => namesOf(run, true)))].filter((name) =>
    heard.every((names) => names.has(name)),
  );
  if (deaf.length === 0) return [];
  return [`${deaf.length} of the base's tests pass on the result whatever they expect: ${listed(deaf, 3)}`];
}

function namesOf({ executed }: CommandRecord, passed: boolean): string[] {
  return (executed ?? []).filter((test) => test.passed === passed).map(stableName);
}

function compare(base: CommandRecord, after: CommandRecord, where: string): string[] {
  // What a run prints without a report can be printed by the code under test as well.
  if (isReported(base) && !isReported(after))
    return [`on ${where} ${after.report?.problem ?? "its test runner could not be made to report"}`];
  return [...lost(base, after, where), ...hiddenFailures(base, after, where)];
}

/**
 * By name, so that tests that came can't hide those that went. In their output many runners name only failures, and
 * some do more only where there is a single file: then the counts have to do.
 */
function lost(base: CommandRecord, after: CommandRecord, where: string): string[] {
  const [before, now] = [base.executed ?? [], after.executed ?? []];
  const reported = isReported(base) && isReported(after);
  const namesAll = before.some(({ passed }) => passed) && before.length >= executed(base);
  const namesPassed = now.some(({ passed }) => passed) || executed(after) === 0;
  if (!reported && !(namesAll && namesPassed)) return [];
  const missing = reported
    ? lostTests(before, now, where === RESULT)
    : missingNames(before.map(stableName), now.map(stableName));
  if (missing.length === 0) return [];
  return [`${missing.length} of the base's tests did not run on ${where}: ${listed(missing, 3)}`];
}

/** An output may name a test twice, or leave it out where another has its name: there, once is enough. */
function missingNames(before: readonly string[], now: readonly string[]): string[] {
  return [...new Set(before)].filter((name) => !now.includes(name));
}

/**
 * The command's exit code is 0, whatever its runner says or prints; that was so before the change only for what failed
 * before. Where nothing names the failures, their number has to do.
 */
function hiddenFailures(base: CommandRecord, after: CommandRecord, where: string): string[] {
  const names = (record: CommandRecord) =>
    (record.executed ?? []).filter(({ passed }) => !passed).map(stableName);
  const comparable = isReported(base) === isReported(after);
  const before = new Set(comparable ? names(base) : []);
  const failing = [...new Set(names(after))].filter((name) => !before.has(name));
  const hidden = `it ends with exit code 0 on ${where}, but tests fail`;
  if (failing.length > 0) return [`${hidden}: ${listed(failing, 3)}`];
  const more = (after.tests?.failed ?? 0) - (base.tests?.failed ?? 0);
  return !isReported(after) && more > 0 ? [`${hidden}: ${more} by what it prints`] : [];
}

function executed({ tests }: CommandRecord): number {
  return tests === null ? 0 : tests.passed + tests.failed;
}
