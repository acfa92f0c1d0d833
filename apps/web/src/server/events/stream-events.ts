/** What the engine, its worker and the queue say, as messages of the stream: one line each, short, without control characters. */
import { describeEvent, type JournalLine, type QueueTask, stripToLine, type TaskOutcome } from "@pm/core";
import type { WorkerEvent } from "@pm/queue";
import type { StreamEvent } from "../../contract/events.ts";
import { showTask } from "../show-task.ts";

type Activity = Extract<Extract<WorkerEvent, { kind: "engine" }>["event"], { kind: "activity" }>["activity"];

/** Characters; the whole is in the log and in the task's own answer. */
const LINE_LIMIT = 1000;

export function taskMessage(task: QueueTask): StreamEvent {
  const shown = showTask(task);
  const outcome = shown.outcome && shortOutcome(shown.outcome);
  return { type: "task", task: { ...shown, summary: shorten(shown.summary), outcome } };
}

export function journalMessage(
  sessionId: string,
  taskId: string | null,
  { seq, at, event }: Pick<JournalLine, "seq" | "at" | "event">,
): StreamEvent {
  return {
    type: "journal",
    session_id: sessionId,
    task_id: taskId,
    seq,
    at,
    event: event.type,
    phase: "phase" in event ? event.phase : null,
    line: toLine(describeEvent(event)),
  };
}

/** @param redact takes out what has the form of a secret: an agent may say one that it has found. */
export function activityMessage(
  taskId: string,
  runId: string,
  activity: Activity,
  redact: (text: string) => string,
): StreamEvent {
  return { type: "activity", task_id: taskId, run_id: runId, line: toLine(redact(inWords(activity))) };
}

function inWords(activity: Activity): string {
  switch (activity.kind) {
    case "tool":
      return `${activity.name} ${activity.detail}`;
    case "text":
      return activity.text;
    case "retry":
      return `trying again: ${activity.reason}`;
    default:
      return activity satisfies never;
  }
}

// What is cut off before is never looked at: a text may have megabytes.
const toLine = (text: string) => shorten(stripToLine(text.slice(0, 8 * LINE_LIMIT)));

/** No half of a surrogate pair stays at the end. */
const shorten = (line: string) =>
  line.length <= LINE_LIMIT ? line : `${line.slice(0, LINE_LIMIT).replace(/[\ud800-\udbff]$/, "")} …`;

const shortOutcome = (outcome: TaskOutcome): TaskOutcome => ({
  ...outcome,
  message: shorten(outcome.message),
});
