import { type EngineEvent, stripToLine, type TaskOutcome } from "@pm/core";
import type { WorkerEvent } from "@pm/queue";
import { fit } from "../render/fit.ts";

/** A prompt may be pages long; the log of the session has all of it. */
const SUMMARY_COLUMNS = 100;

/** What is told of an event: a line for people, and fields for programs. */
export interface WorkerLine {
  readonly taskId: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Told = Exclude<WorkerEvent, { kind: "trouble" }>;

/**
 * @param outcome of a task that ended, as the queue has it
 * @returns null for what a worker does not tell: the session's log has it
 */
export function workerLine(event: Told, outcome: TaskOutcome | null): WorkerLine | null {
  switch (event.kind) {
    case "started":
      return started(event);
    case "engine":
      return engineLine(event.taskId, event.event);
    case "ended":
      return ended(event, outcome);
    default:
      return event satisfies never;
  }
}

function started({ task, takenOver }: Extract<Told, { kind: "started" }>): WorkerLine {
  const { task_id, group_id, project, summary } = task;
  const word = takenOver ? "taken over" : "started";
  return {
    taskId: task_id,
    text: `${word}: ${fit(stripToLine(summary), SUMMARY_COLUMNS)}`,
    fields: { kind: "started", task_id, group_id, project, summary, taken_over: takenOver },
  };
}

function engineLine(taskId: string, event: EngineEvent): WorkerLine | null {
  if (event.kind === "notice") {
    const message = stripToLine(event.message);
    return { taskId, text: message, fields: { kind: "notice", task_id: taskId, message } };
  }
  if (event.kind !== "journal") return null;
  const fact = event.event;
  if (fact.type === "phase.started") {
    const attempt = fact.attempt > 1 ? ` (attempt ${fact.attempt})` : "";
    return phaseLine(taskId, `${fact.phase}${attempt}`, { phase: fact.phase, state: "started" });
  }
  if (fact.type !== "phase.failed") return null;
  const codes = [...new Set(fact.violations.map(({ code }) => code))];
  const text = `${fact.phase} failed${codes.length === 0 ? "" : `: ${codes.join(", ")}`}`;
  return phaseLine(taskId, text, { phase: fact.phase, state: "failed", codes });
}

const phaseLine = (taskId: string, text: string, fields: object): WorkerLine => ({
  taskId,
  text,
  fields: { kind: "phase", task_id: taskId, ...fields },
});

function ended(event: Extract<Told, { kind: "ended" }>, outcome: TaskOutcome | null): WorkerLine {
  const { taskId, sessionId, state } = event;
  const fields = { kind: "ended", task_id: taskId, session_id: sessionId, state };
  const message = stripToLine(outcome?.message ?? event.message);
  if (state === null || state === "QUEUED") {
    const text = state === null ? "lost: another worker has it" : "handed back to the queue";
    return { taskId, text, fields: { ...fields, code: null, message: text, next_action: null } };
  }
  const next = outcome?.next_action ?? null;
  const parts = [state, message, ...(next === null ? [] : [`Next: ${stripToLine(next)}`])];
  return {
    taskId,
    text: parts.filter((part) => part !== "").join("  "),
    fields: { ...fields, code: outcome?.code ?? null, message, next_action: next },
  };
}
