import type { Violation } from "../lifecycle/violation.ts";
import { approvalDigest, violationKey } from "./approval-digest.ts";
import { changeGate } from "./change.ts";
import { coverageGate } from "./coverage.ts";
import { denialsGate } from "./denials.ts";
import { escapeGate } from "./escape.ts";
import { handoverGate } from "./handover.ts";
import { phasesGate } from "./phases.ts";
import { protectedGate } from "./protected.ts";
import { providerGate } from "./provider.ts";
import { qaGate } from "./qa.ts";
import { requirementsGate } from "./requirements.ts";
import { runRecordGate } from "./run-record.ts";
import { scopeGate } from "./scope.ts";
import { secretsGate } from "./secrets.ts";
import { substanceGate } from "./substance.ts";
import type { Gate, TaskEvidence } from "./task-evidence.ts";
import { testsGate } from "./tests.ts";

/** Every gate, in the order in which their violations are told. */
export const GATES: readonly Gate[] = [
  phasesGate,
  escapeGate,
  runRecordGate,
  providerGate,
  changeGate,
  qaGate,
  testsGate,
  handoverGate,
  coverageGate,
  requirementsGate,
  denialsGate,
  substanceGate,
  scopeGate,
  protectedGate,
  secretsGate,
];

/**
 * Evaluates every gate. A violation is waived only where all of this holds: it can be accepted (`approval: "accept"`),
 * a waiver lists exactly this violation, and that waiver's digest is the one of the present result tree with the
 * waiver's own violations. So a change of one byte in the tree, or of the violation, brings it back.
 */
export function evaluateGates(evidence: TaskEvidence): { violations: Violation[]; waived: Violation[] } {
  const tree = evidence.change?.result ?? null;
  const waivable = new Set(
    evidence.waivers
      .filter((waiver) => waiver.digest === approvalDigest(tree, waiver.violations))
      .flatMap((waiver) => waiver.violations.map(violationKey)),
  );
  const all = GATES.flatMap((gate) => gate.evaluate(evidence));
  const isWaived = (violation: Violation) =>
    violation.approval === "accept" && waivable.has(violationKey(violation));
  return {
    violations: all.filter((violation) => !isWaived(violation)),
    waived: all.filter(isWaived),
  };
}
