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
import { type Status, sessionStatus, taskStatus } from "../lifecycle/status.ts";
import { step } from "../lifecycle/step.ts";
import type { LifecycleState } from "../lifecycle/transitions.ts";
import { triggerOf } from "../lifecycle/trigger-of.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { applyToTask, newTask, type TaskEvent } from "./apply-event.ts";
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
  const at = nextState(task, event);
  const unused =
    event.type === "approval.given"
      ? { approval: event, before: { ...structuredClone(task), unused: null } }
      : null;
  task.at = at;
  if (event.type === "phase.started" && task.isolation !== "process")
    task.isolation = state.attached?.isolation ?? null;
  applyToTask(task, event, line);
  task.unused = unused;
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
  // What is proven and landed is over: nobody can take it up again.
  if (event.type === "approval.given" && task.status === "COMPLETE")
    throw new RunnerError("E206", { event: event.type, state: "COMPLETE" });
  if (event.type === "approval.expired") {
    if (task.unused?.approval.digest !== event.digest)
      throw new RunnerError("E206", { event: event.type, state: `${task.at}, with no such approval unused` });
    return task.unused.before.at;
  }
  const trigger = triggerOf(event);
  return trigger ? step(task.at, trigger).to : task.at;
}

function deriveTaskStatus(task: TaskState): Status {
  const validated = task.phases.some(
    (record) => record.phase === "COMPLETION_VALIDATION" && record.outcome === "passed",
  );
  const ended = task.at === "ENDED" && !task.cancelled && task.report !== null;
  return taskStatus(ended && validated && task.gates !== null && task.landed, openViolations(task));
}
