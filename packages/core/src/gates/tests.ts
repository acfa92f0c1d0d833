import type { Violation } from "../lifecycle/violation.ts";
import { listed, objector } from "./objector.ts";
import { outcomeOf, qaOnResult, succeeded } from "./qa-counts.ts";
import { restoredFiles } from "./restored-files.ts";
import type { CommandRecord, Gate, TaskEvidence } from "./task-evidence.ts";

export const testsGate: Gate = {
  name: "tests",
  objectsTo:
    "a test of the base that ran before and does not run on the result, or a result that fails with the base's test files put back",
  evaluate(evidence) {
    // A command that failed is told by the qa gate; what else follows from that needs no saying.
    return qaOnResult(evidence)
      .filter(succeeded)
      .flatMap((result) => judge(evidence, result));
  },
};

function judge(evidence: TaskEvidence, result: CommandRecord): Violation[] {
  const object = objector("tests", evidence);
  const base = ranOn(evidence, "base", result.id).at(-1);
  // Without a run that worked or counted tests before, there is nothing that could be lost.
  if (base === undefined || !(succeeded(base) || executed(base) > 0)) return [];
  const reasons = [...lost(base, result, "the result"), ...restoredFaults(evidence, base, result)];
  return [...new Set(reasons)].map((reason) =>
    object("E237", "INCOMPLETE", { command: result.id, reason }, { approval: "accept" }),
  );
}

function restoredFaults(evidence: TaskEvidence, base: CommandRecord, result: CommandRecord): string[] {
  const where = "the result with the base's test files put back";
  const restored = ranOn(evidence, "restored", result.id);
  if (restored.length === 0) {
    const needed =
      base.tests !== null && evidence.change !== null && restoredFiles(evidence.change).length > 0;
    return needed ? [`it was not run on ${where}`] : [];
  }
  const broken = restored.find((record) => !succeeded(record));
  if (broken) return [`it fails on ${where} with ${outcomeOf(broken)}`];
  return restored.flatMap((record) =>
    executed(record) < executed(base)
      ? [`${executed(record)} tests ran on ${where}, ${executed(base)} on the base`]
      : lost(base, record, where),
  );
}

/**
 * By name, so that tests that came can't hide those that went. Many runners name only failures, and some only do so
 * once there are several files: then the counts have to do.
 */
function lost(base: CommandRecord, after: CommandRecord, where: string): string[] {
  const [before, now] = [base.executed ?? [], after.executed ?? []];
  const namesAll = before.some(({ passed }) => passed) && before.length >= executed(base);
  const namesPassed = now.some(({ passed }) => passed) || executed(after) === 0;
  if (!namesAll || !namesPassed) return [];
  const there = new Set(now.map(stableName));
  const missing = [...new Set(before.map(stableName))].filter((name) => !there.has(name));
  if (missing.length === 0) return [];
  return [`${missing.length} of the base's tests did not run on ${where}: ${listed(missing, 3)}`];
}

/** What may differ from run to run: where the checkout lies, and long numbers such as ports and times. */
function stableName({ name }: { readonly name: string }): string {
  return name.replace(/(?:file:\/\/)?(?:\/[^\s/:]+)+\/(?=[^\s/])/g, "").replace(/\d{4,}/g, "#");
}

function ranOn(evidence: TaskEvidence, on: CommandRecord["on"], id: string): CommandRecord[] {
  return evidence.commands.filter(
    (command) => command.purpose === "qa" && command.on === on && command.id === id,
  );
}

function executed({ tests }: CommandRecord): number {
  return tests === null ? 0 : tests.passed + tests.failed;
}
