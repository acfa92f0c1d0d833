import { PHASES, type Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { isAnswer } from "./answers.ts";
import { objector } from "./objector.ts";
import type { Gate, PhaseRecord, TaskEvidence } from "./task-evidence.ts";

const BEFORE: readonly Phase[] = PHASES.slice(0, PHASES.indexOf("COMPLETION_VALIDATION"));
const SKIPPABLE: readonly Phase[] = ["TASK_DECOMPOSITION", "PLANNING", "EXECUTION", "QA"];
const DOCUMENTS = [
  ["REQUIREMENT_ANALYSIS", "requirements"],
  ["TASK_DECOMPOSITION", "subtasks"],
  ["PLANNING", "plan"],
] as const;

export const phasesGate: Gate = {
  name: "phases",
  objectsTo: "a phase without evidence, or one that is out of order",
  evaluate(evidence) {
    const object = objector("phases", evidence);
    const invalid = [
      ...BEFORE.flatMap((phase) => phaseFaults(evidence, phase)),
      ...orderFaults(evidence.phases),
      ...documentFaults(evidence),
    ].map((reason) => object("E233", "INVALID", { reason }));
    return [...invalid, ...failedPhases(evidence)];
  },
};

/** A phase that failed has violations of its own; here it only must not pass for one that is proven. */
function failedPhases(evidence: TaskEvidence): Violation[] {
  const object = objector("phases", evidence);
  return evidence.phases
    .filter(({ phase, outcome }) => outcome === "failed" && BEFORE.includes(phase))
    .map(({ phase }) =>
      object(
        "E233",
        "INCOMPLETE",
        { reason: `${phase} did not pass.` },
        { approval: "rerun", rerunFrom: phase },
      ),
    );
}

function phaseFaults(evidence: TaskEvidence, phase: Phase): string[] {
  const records = evidence.phases.filter((record) => record.phase === phase);
  const [record] = records;
  if (record === undefined) return [`${phase} has no evidence.`];
  const faults: string[] = [];
  if (records.length > 1) faults.push(`${phase} is recorded more than once.`);
  if (record.outcome === "started" || record.endedSeq === null) faults.push(`${phase} has no end.`);
  else if (record.endedSeq < record.startedSeq) faults.push(`${phase} ended before it started.`);
  if (record.outcome === "skipped" && !(isAnswer(evidence) && SKIPPABLE.includes(phase))) {
    faults.push(`${phase} was skipped.`);
  }
  return faults;
}

/** Each phase starts after the one before it has ended; nothing stands after COMPLETION_VALIDATION, which is open. */
function orderFaults(records: readonly PhaseRecord[]): string[] {
  const faults = records.slice(1).flatMap((record, index) => {
    const before = records[index];
    if (before === undefined) return [];
    const follows =
      PHASES.indexOf(before.phase) < PHASES.indexOf(record.phase) &&
      (before.endedSeq ?? before.startedSeq) < record.startedSeq;
    return follows ? [] : [`${record.phase} is recorded after ${before.phase}.`];
  });
  const last = records.at(-1);
  if (last?.phase !== "COMPLETION_VALIDATION" || last.outcome !== "started") {
    faults.push("COMPLETION_VALIDATION is not the phase under way.");
  }
  return faults;
}

function documentFaults(evidence: TaskEvidence): string[] {
  return DOCUMENTS.filter(([phase, name]) => {
    const passed = evidence.phases.some((record) => record.phase === phase && record.outcome === "passed");
    return passed && evidence[name] === null;
  }).map(([phase, name]) => `${phase} passed without ${name}.json.`);
}
