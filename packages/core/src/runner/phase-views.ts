/** What the journal says of each go of a task at its phases, of its agents' runs and of the commands: of every attempt. */
import type { JournalLine } from "../evidence/events.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { TaskView } from "./task-view.ts";

type PhaseView = TaskView["phases"][number];
type RunView = TaskView["runs"][number];
type CommandView = TaskView["commands"][number];

/** @param held whether a live process has the session: then what has no end is under way. */
export function phaseViews(lines: readonly JournalLine[], taskId: string, held: boolean): PhaseView[] {
  const views: PhaseView[] = [];
  let open: PhaseView | null = null;
  const close = (end: Pick<PhaseView, "outcome" | "ended_at" | "reason">) => {
    if (open) Object.assign(open, end);
    open = null;
  };
  const leave = (at: string | null) => close({ outcome: "interrupted", ended_at: at, reason: null });
  for (const { at, event } of lines) {
    // Whoever takes the session begins an open phase again.
    if (event.type === "session.attached") leave(null);
    if (!("task_id" in event) || event.task_id !== taskId) continue;
    const begin = (phase: PhaseView["phase"], attempt: number) => {
      if (open?.phase === phase) return;
      open = { phase, attempt, outcome: "running", started_at: at, ended_at: null, reason: null };
      views.push(open);
    };
    switch (event.type) {
      case "phase.started":
        leave(null);
        begin(event.phase, event.attempt);
        break;
      case "phase.passed":
        close({ outcome: "passed", ended_at: at, reason: null });
        break;
      case "phase.failed":
        close({ outcome: "failed", ended_at: at, reason: inWords(event.violations) });
        break;
      case "phase.skipped":
        begin(event.phase, event.attempt);
        close({ outcome: "skipped", ended_at: at, reason: event.reason });
        break;
      case "task.failed":
        close({ outcome: "failed", ended_at: at, reason: inWords(event.violations) });
        break;
      case "task.interrupted":
      case "task.cancelled":
        leave(at);
        break;
      case "approval.given":
        leave(null);
        break;
      case "task.ended":
        close({ outcome: "passed", ended_at: at, reason: null });
        break;
    }
  }
  if (!held) leave(null);
  return views;
}

export function runViews(lines: readonly JournalLine[], taskId: string): RunView[] {
  const views = new Map<string, RunView>();
  for (const { at, event } of lines) {
    if (event.type === "run.started" && event.task_id === taskId) {
      const { type: _type, task_id: _task, ...started } = event;
      views.set(event.run_id, {
        ...started,
        ...{
          started_at: at,
          ended_at: null,
          superseded: false,
          result: null,
          transcript: null,
          answer: null,
        },
      });
    }
    const view = event.type === "run.ended" && event.task_id === taskId && views.get(event.run_id);
    if (!view) continue;
    const { superseded, transcript, answer, record } = event;
    const { termination, outcome, error_message, exit_code, duration_ms, tool_calls, denials, usage } =
      record;
    Object.assign(view, {
      ...{ ended_at: at, superseded, transcript, answer, model: record.model ?? view.model },
      result: { termination, outcome, error_message, exit_code, duration_ms, tool_calls, denials, usage },
    } satisfies Partial<RunView>);
  }
  return [...views.values()];
}

export function commandViews(lines: readonly JournalLine[], taskId: string): CommandView[] {
  return lines.flatMap(({ seq, at, event }) => {
    if (event.type !== "command.ran" || event.task_id !== taskId) return [];
    const {
      type: _type,
      task_id: _task,
      tree: _tree,
      survivors: _survivors,
      report: _report,
      ...command
    } = event;
    return [{ seq, at, ...command }];
  });
}

const inWords = (violations: readonly Violation[]) =>
  violations.map(({ code, message }) => `${code} ${message}`).join(" ");
