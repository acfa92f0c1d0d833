import type { Violation } from "../lifecycle/violation.ts";
import { parseQaCommand } from "../project/qa-command.ts";
import { skippedForAnswer } from "./answers.ts";
import { flakyOutcome, isFlaky } from "./flaky-tests.ts";
import { objector } from "./objector.ts";
import { outcomeOf, qaCounts, qaOnResult, succeeded } from "./qa-counts.ts";
import type { Gate, TaskEvidence } from "./task-evidence.ts";

export const qaGate: Gate = {
  name: "qa",
  objectsTo: "no QA command, one that failed, no test executed, or fewer tests executed than on the base",
  evaluate(evidence) {
    if (skippedForAnswer(evidence, "QA")) return [];
    if (qaOnResult(evidence).length === 0) return [objector("qa", evidence)("E224", "NO_EVIDENCE", {})];
    return [...failures(evidence), ...missing(evidence), ...tooFewTests(evidence)];
  },
};

function failures(evidence: TaskEvidence): Violation[] {
  const object = objector("qa", evidence);
  const onResult = qaOnResult(evidence);
  return [...new Set(onResult.map(({ id }) => id))].flatMap((command) => {
    const runs = onResult.filter(({ id }) => id === command);
    const broken = runs.find((run) => !succeeded(run));
    if (broken === undefined) return [];
    // Nobody can tell whose fault it is but a person.
    if (isFlaky(runs))
      return [object("E223", "INCOMPLETE", { command, outcome: flakyOutcome(runs) }, { approval: "accept" })];
    const before = evidence.commands.filter(
      ({ purpose, on, id }) => purpose === "qa" && on === "base" && id === command,
    );
    const always = before.length > 0 && !before.some(succeeded);
    const outcome = `${outcomeOf(broken)}${always ? " (it failed before the change, too)" : ""}`;
    return [
      object("E223", "INCOMPLETE", { command, outcome }, { approval: "rerun", rerunFrom: "EXECUTION" }),
    ];
  });
}

/** Of several configured commands none may be left out. */
function missing(evidence: TaskEvidence): Violation[] {
  const object = objector("qa", evidence);
  const ran = new Set(qaOnResult(evidence).map(({ id }) => id));
  return (evidence.settings.qa.commands ?? [])
    .map(parseQaCommand)
    .flatMap((command) => ("problem" in command || ran.has(command.id) ? [] : [command.id]))
    .map((command) =>
      object(
        "E223",
        "INCOMPLETE",
        { command, outcome: "no record: it did not run on the result" },
        { approval: "rerun", rerunFrom: "EXECUTION" },
      ),
    );
}

function tooFewTests(evidence: TaskEvidence): Violation[] {
  const object = objector("qa", evidence);
  const counts = qaCounts(evidence);
  const violations = counts
    .filter(({ base, result, ranOnBase }) => !ranOnBase || (base ?? 0) > (result ?? 0))
    .map(({ base, result, ranOnBase }) =>
      object(
        "E226",
        "INCOMPLETE",
        { result: result ?? "no", base: ranOnBase ? base : "an unknown number" },
        { approval: "accept" },
      ),
    );
  const total = counts.reduce((sum, { result }) => sum + (result ?? 0), 0);
  // Documentation rests on file checks, so a project without tests can have its documents changed.
  if (total === 0 && evidence.kind !== "docs") {
    // Tests that were there before and are none now can't be accepted: nothing is left that a person could rely on.
    const vanished = counts.some(({ base, result }) => (base ?? 0) > 0 && result === 0);
    const [status, approval] = vanished
      ? (["NO_EVIDENCE", null] as const)
      : (["INCOMPLETE", "accept"] as const);
    violations.push(object("E225", status, {}, { approval }));
  }
  return violations;
}
