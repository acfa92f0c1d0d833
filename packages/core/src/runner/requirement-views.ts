/** What was asked of a task, and what proves it, as the gates judge it: nothing here has a rule of its own. */
import type { TaskState } from "../evidence/session-state.ts";
import { skippedForAnswer } from "../gates/answers.ts";
import { checkStanding, recordsOf } from "../gates/check-standing.ts";
import { personCheckFailure, personCheckId } from "../gates/person-check.ts";
import { outcomeOf, succeeded } from "../gates/qa-counts.ts";
import { requirementsGate } from "../gates/requirements.ts";
import type { TaskEvidence } from "../gates/task-evidence.ts";
import type { Check, Requirements } from "../lifecycle/handover.ts";
import { quoteWords } from "../project/split-words.ts";
import type { TaskView } from "./task-view.ts";

type RequirementView = TaskView["requirements"][number];
type CheckView = RequirementView["checks"][number];

/** The evidence, and where in the journal each record of it stands. */
export interface JudgedTask {
  readonly evidence: TaskEvidence;
  /** The same records, before the gates' loader adds to them. */
  readonly task: TaskState;
  readonly seqOf: ReadonlyMap<object, number>;
}

/** The person's checks first, then each requirement; only the attempt that counts is looked at. */
export function requirementViews(judged: JudgedTask): RequirementView[] {
  const { evidence } = judged;
  const looked = evidence.phases.some(({ phase, outcome }) => phase === "QA" && outcome !== "started");
  const rows = (evidence.requirements?.requirements ?? []).map((requirement): RequirementView => {
    const checks = (evidence.plan?.checks ?? [])
      .filter((check) => check.requirement === requirement.id)
      .map((check) => ofCheck(judged, check, looked));
    return {
      ...requirement,
      standing: looked ? standingOf(evidence, requirement, checks) : "unknown",
      checks,
    };
  });
  return evidence.personChecks.length === 0 ? rows : [ofPerson(judged, looked), ...rows];
}

function standingOf(
  evidence: TaskEvidence,
  requirement: Requirements["requirements"][number],
  checks: readonly CheckView[],
): RequirementView["standing"] {
  if (checks.some(({ standing }) => standing === "fails")) return "refuted";
  // The gate lets an answer pass to the person who reads it.
  if (evidence.requirements === null || skippedForAnswer(evidence, "QA")) return "unproven";
  const alone = { ...evidence.requirements, requirements: [requirement] };
  const objections = requirementsGate.evaluate({ ...evidence, requirements: alone });
  // What a person's own check lacks is shown in a row of its own.
  return objections.some(({ code }) => code !== "E236") ? "unproven" : "proven";
}

function ofCheck(judged: JudgedTask, check: Check, looked: boolean): CheckView {
  const standing = looked ? checkStanding(judged.evidence, check) : null;
  return {
    id: check.id,
    what: describeCheck(check),
    standing: standing?.worth ?? "unknown",
    reason: standing?.reason ?? "",
    observations:
      check.type === "command" ? commandsOf(judged, check.id, check.argv) : recordsFor(judged, check.id),
  };
}

function ofPerson(judged: JudgedTask, looked: boolean): RequirementView {
  const checks = judged.evidence.personChecks.map((argv, index): CheckView => {
    const failure = looked ? personCheckFailure(judged.evidence, argv, index) : null;
    return {
      id: personCheckId(index),
      what: quoteWords(argv),
      standing: looked ? (failure === null ? "counts" : "fails") : "unknown",
      reason: failure ?? "",
      observations: commandsOf(judged, personCheckId(index), argv),
    };
  });
  const refuted = checks.some(({ standing }) => standing === "fails");
  return {
    id: "person",
    statement: "The checks that were given with the task",
    acceptance: "Each passes on the result",
    standing: looked ? (refuted ? "refuted" : "proven") : "unknown",
    checks,
  };
}

function commandsOf({ evidence, task, seqOf }: JudgedTask, id: string, argv: readonly string[]) {
  return recordsOf({ ...evidence, commands: task.commands }, id, argv).map((command) => ({
    on: command.on,
    passed: succeeded(command),
    detail: outcomeOf(command),
    command: seqOf.get(command) ?? null,
  }));
}

function recordsFor({ task }: JudgedTask, id: string): CheckView["observations"] {
  return task.checks
    .filter((record) => record.id === id)
    .map(({ on, passed, detail }) => ({ on, passed, detail, command: null }));
}

function describeCheck(check: Check): string {
  if (check.type === "command") return quoteWords(check.argv);
  if (check.type === "test") return `test: ${check.name}`;
  if (check.exists === false) return `${check.path} is not there`;
  return check.contains === undefined
    ? `${check.path} is there`
    : `${check.path} contains: ${check.contains}`;
}
