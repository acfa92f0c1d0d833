/**
 * The lifecycle of a task as one table. No other code decides a transition; docs/lifecycle.md is generated from it.
 *
 * LANDING stands between COMPLETION_VALIDATION and REPORT and is no phase: it only happens to a task that passed, and
 * the report must be able to say what became of the user's files.
 */
import { PHASES, type Phase } from "./phases.ts";

export type LifecycleState = "SUBMITTED" | Phase | "LANDING" | "ENDED";

/** What moves a task. Rerun triggers name the phase to start again from. */
export type Trigger =
  | "snapshot.taken"
  | "phase.passed"
  | "phase.failed"
  | "phase.skipped"
  | "landing.finished"
  | "landing.merged"
  | "landing.conflicted"
  | "task.failed"
  | "task.cancelled"
  | "task.ended"
  | "approval.accept"
  | "approval.resume"
  | `approval.rerun:${Phase}`;

export interface Transition {
  readonly from: LifecycleState;
  readonly on: Trigger;
  readonly to: LifecycleState;
  /** What must be on record before; shown in docs, enforced by the `phases` gate. */
  readonly requires: string;
}

const row = (from: LifecycleState, on: Trigger, to: LifecycleState, requires: string): Transition => ({
  from,
  on,
  to,
  requires,
});

const WORKING_PHASES = PHASES.slice(0, -1);
const RERUN_PHASES = PHASES.slice(0, 5);
const OPEN_STATES: readonly LifecycleState[] = ["SUBMITTED", ...PHASES, "LANDING"];

export const TRANSITIONS: readonly Transition[] = [
  row("SUBMITTED", "snapshot.taken", "REQUIREMENT_ANALYSIS", "the base tree"),
  row("REQUIREMENT_ANALYSIS", "phase.passed", "TASK_DECOMPOSITION", "requirements.json"),
  row("TASK_DECOMPOSITION", "phase.passed", "PLANNING", "subtasks.json"),
  row("TASK_DECOMPOSITION", "phase.skipped", "PLANNING", "an answer, no change"),
  row("PLANNING", "phase.passed", "EXECUTION", "plan.json, and every check and QA command run on the base"),
  row("PLANNING", "phase.skipped", "EXECUTION", "an answer, no change"),
  row("EXECUTION", "phase.passed", "QA", "the result tree, taken with every process dead"),
  row("EXECUTION", "phase.skipped", "QA", "an answer, no change"),
  row("QA", "phase.passed", "COMPLETION_VALIDATION", "every QA command and check run on the result"),
  row("QA", "phase.skipped", "COMPLETION_VALIDATION", "an answer, no change"),
  row("COMPLETION_VALIDATION", "phase.passed", "LANDING", "no gate objects that is not waived"),
  row("LANDING", "landing.finished", "REPORT", "the project equals the result"),
  row(
    "LANDING",
    "landing.merged",
    "QA",
    "the user changed the project meanwhile; QA runs on the merged tree",
  ),
  row("LANDING", "landing.conflicted", "REPORT", "the patch, kept as evidence"),
  ...WORKING_PHASES.map((phase) => row(phase, "phase.failed", "REPORT", "the violations")),
  ...OPEN_STATES.filter((state) => state !== "REPORT").map((state) =>
    row(state, "task.failed", "REPORT", "the violations"),
  ),
  row("REPORT", "task.ended", "ENDED", "report.md and report.json"),
  ...[...OPEN_STATES, "ENDED" as const].map((state) =>
    row(state, "task.cancelled", "ENDED", "a person's word"),
  ),
  ...RERUN_PHASES.slice(0, 4).map((phase) =>
    row(phase, "approval.resume", phase, "a person's approval to run an agent again that was cut short"),
  ),
  row("ENDED", "approval.accept", "COMPLETION_VALIDATION", "a person's approval, bound to what was seen"),
  ...RERUN_PHASES.map((phase) =>
    row("ENDED", `approval.rerun:${phase}`, phase, "a person's approval, bound to what was seen"),
  ),
];
