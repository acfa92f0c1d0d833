import type { EventOf, JournalEvent, JournalLine } from "../evidence/events.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { LogEntry } from "./engine.ts";

/** The journal in words, a line an event. */
export function logEntries(lines: readonly JournalLine[], taskId?: string): LogEntry[] {
  return lines
    .map(({ at, event }) => ({
      at,
      task_id: "task_id" in event ? event.task_id : null,
      line: describeEvent(event),
    }))
    .filter((entry) => taskId === undefined || entry.task_id === taskId);
}

/** One line for people; what comes from agents or repositories still holds control characters. */
export function describeEvent(event: JournalEvent): string {
  switch (event.type) {
    case "session.opened":
      return `session opened on ${event.project}, provider ${event.provider}`;
    case "session.attached":
      return `taken by pid ${event.pid}, isolation ${event.isolation}`;
    case "task.submitted":
      return `task submitted: ${event.prompt}`;
    case "snapshot.taken":
      return `snapshot of ${event.files} files: ${event.base.slice(0, 12)}`;
    case "phase.started":
      return `${event.phase} started`;
    case "phase.passed":
      return `${event.phase} passed`;
    case "phase.skipped":
      return `${event.phase} not asked for: ${event.reason}`;
    case "landing.conflicted":
    case "phase.failed":
    case "task.failed":
      return `${"phase" in event ? event.phase : event.type.replace(/\..*/, "")} failed: ${inWords(event.violations)}`;
    case "run.started":
      return `${event.provider} started ${event.run_id}${event.subtask_id ? ` on ${event.subtask_id}` : ""} (ask ${event.ask})`;
    case "run.ended":
      return `${event.run_id} ended: ${runOutcome(event.record)}, ${event.record.tool_calls} tool calls, ${(event.record.duration_ms / 1000).toFixed(1)} s`;
    case "provider.objected":
      return `the provider objected: ${event.reason}`;
    case "result.captured":
      return `result captured${event.subtask_id ? ` of ${event.subtask_id}` : ""}: ${event.tree.slice(0, 12)}`;
    case "command.ran":
      return `${event.purpose} on the ${event.on}: ${event.argv.join(" ")}: ${event.termination === "exited" ? `exit ${event.exit_code ?? event.signal}` : event.termination}${event.tests ? `, ${event.tests.passed} tests passed, ${event.tests.failed} failed` : ""}`;
    case "check.evaluated":
      return `check ${event.id} on the ${event.on}: ${event.passed ? "passed" : "failed"} (${event.detail})`;
    case "gates.evaluated":
      return `gates evaluated: ${event.violations.length} object, ${event.waived.length} waived`;
    case "landing.started":
      return `landing of ${event.paths} files started`;
    case "landing.finished":
      return "landed in the project";
    case "landing.undone":
      return "an unfinished landing was undone";
    case "landing.merged":
      return "the project changed meanwhile: merged, QA runs again";
    case "task.interrupted":
      return event.violations
        ? `waits: ${inWords(event.violations)}`
        : `interrupted in ${event.phase ?? "no phase"}`;
    case "task.cancelled":
      return "cancelled";
    case "approval.given":
      return `approved: ${event.effect}${event.rerun_from ? ` from ${event.rerun_from}` : ""}${event.note ? `, note: ${event.note}` : ""}`;
    case "approval.expired":
      return "the approval was not used in time, and is void";
    case "report.written":
      return "report written";
    case "task.ended":
      return `ended ${event.status}`;
    default:
      return event satisfies never;
  }
}

function runOutcome({ termination, error_message, outcome }: EventOf<"run.ended">["record"]): string {
  return termination === "aborted" ? "stopped by pm" : (error_message ?? outcome).replace(/\.$/, "");
}

const inWords = (violations: readonly Violation[]) =>
  violations.map(({ code, message }) => `${code} ${message}`).join(" ");
