/**
 * From journal lines to what is known: the only reading of the journal that the engine, the front ends and `verify`
 * share. Pure, so that the same lines always give the same status.
 *
 * Invariants:
 * F1 a transition that the table does not have is refused (E206): such a journal is not one that `pm` wrote;
 * F2 what belongs to a given-up attempt never counts for the present one;
 * F3 status is derived: COMPLETE needs gates that were evaluated and silent, a landing, and a report.
 */
import { RunnerError } from "../errors/runner-error.ts";
import { belongsTo } from "../lifecycle/belongs-to.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import { type Status, sessionStatus, taskStatus } from "../lifecycle/status.ts";
import { step } from "../lifecycle/step.ts";
import type { LifecycleState } from "../lifecycle/transitions.ts";
import { triggerOf } from "../lifecycle/trigger-of.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { EventOf, JournalEvent, JournalLine } from "./events.ts";
import type { SessionState, TaskState } from "./session-state.ts";

export function foldSession(lines: readonly JournalLine[]): SessionState {
  const state: SessionState = {
    opened: null,
    attached: null,
    openedAt: null,
    endedAt: null,
    tasks: new Map(),
  };
  for (const line of lines) applyLine(state, line);
  return state;
}

/** Adds one line to `state`, in place. @throws RunnerError E206 for an event that the lifecycle does not allow. */
export function applyLine(state: SessionState, line: JournalLine): void {
  const event = line.event;
  if (event.type === "session.opened") {
    state.opened = event;
    state.openedAt = line.at;
    return;
  }
  if (event.type === "session.attached") {
    state.attached = event;
    return;
  }
  if (event.type === "task.submitted") {
    assertNew(state, event);
    state.tasks.set(event.task_id, newTask(event));
    state.endedAt = null;
    return;
  }
  const task = taskOf(state, event);
  task.at = nextState(task, event);
  if (event.type === "phase.started" && task.isolation !== "process")
    task.isolation = state.attached?.isolation ?? null;
  applyToTask(task, event, line);
  task.status = deriveTaskStatus(task);
  state.endedAt = [...state.tasks.values()].every((other) => other.at === "ENDED") ? line.at : null;
}

/** Call before an event is written. @throws RunnerError E206 where the lifecycle does not allow it now. */
export function assertAllowed(state: SessionState, event: JournalEvent): void {
  if (event.type === "task.submitted") assertNew(state, event);
  if (event.type === "session.opened" || event.type === "session.attached" || event.type === "task.submitted")
    return;
  nextState(taskOf(state, event), event);
}

/** @returns the violations that stand against the task now. */
export function openViolations(task: TaskState): Violation[] {
  return [...task.failures, ...(task.gates?.violations ?? [])];
}

export function overallStatus(state: SessionState): Status {
  return sessionStatus([...state.tasks.values()].map((task) => task.status));
}

function assertNew(state: SessionState, event: EventOf<"task.submitted">): void {
  if (state.tasks.has(event.task_id))
    throw new RunnerError("E206", { event: event.type, state: "submitted before" });
}

function taskOf(state: SessionState, event: TaskEvent): TaskState {
  const task = state.tasks.get(event.task_id);
  if (!task) throw new RunnerError("E206", { event: event.type, state: "no such task" });
  return task;
}

function nextState(task: TaskState, event: TaskEvent): LifecycleState {
  const place = belongsTo(event);
  if (place !== null && place !== task.at)
    throw new RunnerError("E206", { event: `${event.type} of ${place}`, state: task.at });
  const trigger = triggerOf(event);
  return trigger ? step(task.at, trigger).to : task.at;
}

function deriveTaskStatus(task: TaskState): Status {
  const proven =
    task.at === "ENDED" && task.gates !== null && task.landed && !task.cancelled && task.report !== null;
  return taskStatus(proven, openViolations(task));
}

function newTask(submitted: EventOf<"task.submitted">): TaskState {
  return {
    submitted,
    at: "SUBMITTED",
    attempt: 1,
    base: null,
    phases: [],
    runs: [],
    openRuns: [],
    providerObjection: null,
    documents: new Map(),
    subtaskTrees: new Map(),
    result: null,
    commands: [],
    checks: [],
    survivors: 0,
    execution: null,
    gates: null,
    failures: [],
    approvals: [],
    landing: null,
    landed: false,
    merges: 0,
    conflictedWith: null,
    interrupted: false,
    cancelled: false,
    report: null,
    costUsd: null,
    isolation: null,
    status: "INCOMPLETE",
  };
}

type TaskEvent = Exclude<JournalEvent, { type: "session.opened" | "session.attached" | "task.submitted" }>;

function applyToTask(task: TaskState, event: TaskEvent, { seq, at }: JournalLine): void {
  switch (event.type) {
    case "snapshot.taken":
      task.base = event.base;
      return;
    case "phase.started":
      forgetFrom(task, event.phase);
      task.interrupted = false;
      if (event.phase === "EXECUTION") task.execution = { startedAt: at, endedAt: null };
      task.phases.push({
        phase: event.phase,
        attempt: event.attempt,
        outcome: "started",
        startedSeq: seq,
        endedSeq: null,
      });
      return;
    case "phase.passed":
      endPhase(task, event.phase, event.attempt, "passed", seq);
      for (const ref of event.evidence) task.documents.set(ref.name, ref);
      if (event.phase === "EXECUTION" && task.execution) task.execution.endedAt = at;
      return;
    case "phase.skipped":
      endPhase(task, event.phase, event.attempt, "skipped", seq);
      return;
    case "phase.failed":
      endPhase(task, event.phase, event.attempt, "failed", seq);
      if (event.phase !== "COMPLETION_VALIDATION") task.failures.push(...event.violations);
      return;
    case "run.started":
      task.openRuns.push({ run_id: event.run_id, phase: event.phase, subtask_id: event.subtask_id });
      return;
    case "run.ended": {
      const cost = event.record.usage.cost_usd;
      if (cost !== null) task.costUsd = (task.costUsd ?? 0) + cost;
      // A run that a person cut short stays open: it is neither a result nor run again without their word.
      if (event.record.termination === "aborted") return;
      task.openRuns = task.openRuns.filter((run) => run.run_id !== event.run_id);
      const { type: _type, task_id: _task, ...run } = event;
      task.runs.push(run);
      return;
    }
    case "provider.objected":
      task.providerObjection = event.reason;
      return;
    case "result.captured":
      task.survivors += event.survivors;
      if (event.subtask_id !== null) task.subtaskTrees.set(event.subtask_id, event.tree);
      if (event.changes) task.result = { tree: event.tree, changes: event.changes, patch: event.patch };
      return;
    case "command.ran": {
      task.survivors += event.survivors;
      const { type: _type, task_id: _task, ...command } = event;
      task.commands.push(command);
      return;
    }
    case "check.evaluated": {
      const { type: _type, task_id: _task, ...check } = event;
      task.checks.push(check);
      return;
    }
    case "gates.evaluated":
      task.gates = { violations: event.violations, waived: event.waived };
      return;
    case "landing.started":
      task.landing = { from: event.from, to: event.to };
      return;
    case "landing.finished":
      task.landing = null;
      task.landed = true;
      return;
    case "landing.undone":
      task.landing = null;
      return;
    case "landing.merged":
      task.attempt += 1;
      task.merges += 1;
      task.base = event.base;
      task.result = { tree: event.tree, changes: event.changes, patch: task.result?.patch ?? null };
      forgetFrom(task, "QA");
      return;
    case "landing.conflicted":
      task.landing = null;
      task.conflictedWith = event.now;
      task.failures.push(...event.violations);
      return;
    case "task.failed":
      task.landing = null;
      task.failures.push(...event.violations);
      return;
    case "task.interrupted":
      task.interrupted = true;
      return;
    case "task.cancelled":
      task.cancelled = true;
      task.openRuns = [];
      return;
    case "approval.given":
      task.approvals.push(event);
      task.attempt += 1;
      task.openRuns = [];
      if (task.conflictedWith) task.base = task.conflictedWith;
      task.conflictedWith = null;
      if (event.effect !== "resume")
        forgetFrom(
          task,
          event.effect === "accept" ? "COMPLETION_VALIDATION" : (event.rerun_from ?? "EXECUTION"),
        );
      return;
    case "report.written":
      task.report = { markdown: event.markdown, json: event.json };
      return;
    case "task.ended":
      return;
    default:
      event satisfies never;
  }
}

function endPhase(
  task: TaskState,
  phase: Phase,
  attempt: number,
  outcome: "passed" | "failed" | "skipped",
  seq: number,
): void {
  const open = task.phases.findLast((record) => record.phase === phase && record.outcome === "started");
  task.phases = task.phases.filter((record) => record !== open);
  task.phases.push({ phase, attempt, outcome, startedSeq: open?.startedSeq ?? seq, endedSeq: seq });
}

/** Documents that each phase hands on; a phase that starts again gives its own and all later ones up. */
const DOCUMENTS: Readonly<Partial<Record<Phase, string>>> = {
  REQUIREMENT_ANALYSIS: "requirements.json",
  TASK_DECOMPOSITION: "subtasks.json",
  PLANNING: "plan.json",
};

function forgetFrom(task: TaskState, phase: Phase): void {
  const kept = (other: Phase) => PHASES.indexOf(other) < PHASES.indexOf(phase);
  const resumed = task.phases.some((record) => record.phase === phase && record.outcome === "started");
  task.phases = task.phases.filter((record) => kept(record.phase));
  // A phase that a crash cut short starts again in the same attempt: what its agents already gave still counts.
  task.runs = task.runs.filter((run) => kept(run.phase) || (run.phase === phase && resumed));
  task.commands = task.commands.filter((command) => kept(command.phase));
  task.checks = task.checks.filter((check) => kept(check.phase));
  for (const [of, name] of Object.entries(DOCUMENTS)) if (!kept(of as Phase)) task.documents.delete(name);
  if (!kept("EXECUTION")) {
    if (!(phase === "EXECUTION" && resumed)) task.subtaskTrees.clear();
    task.result = null;
    task.providerObjection = null;
    if (!resumed) task.survivors = 0;
  }
  if (!kept("COMPLETION_VALIDATION")) task.gates = null;
  if (phase !== "REPORT") {
    task.failures = [];
    task.report = null;
  }
}
