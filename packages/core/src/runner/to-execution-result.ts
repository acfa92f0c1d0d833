import type { BlobRef } from "../evidence/blob-ref.ts";
import { changeSetSchema } from "../evidence/change.ts";
import { openViolations, overallStatus } from "../evidence/fold.ts";
import type { SessionState, TaskState } from "../evidence/session-state.ts";
import { violationOf } from "../gates/violation-of.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { ExecutionResult, TaskResult } from "./execution-result.ts";
import { pendingApproval } from "./pending-approval.ts";

/** @param read gives a blob's text; what can't be read (damaged evidence) is left out of the lists, never guessed. */
export function toExecutionResult(
  state: SessionState,
  dir: string,
  read: (ref: BlobRef) => string,
): ExecutionResult {
  const id = state.opened?.session_id ?? "";
  return {
    session_id: id,
    overall_status: overallStatus(state),
    evidence_path: dir,
    next_action: nextAction(state, id),
    violations: [...state.tasks.values()].flatMap((task) => violationsOf(state, task)),
    tasks: [...state.tasks.values()].map((task) => toTaskResult(task, read)),
  };
}

/** What stands against a task that nobody is at: what it was stopped by included. */
export function violationsOf(state: SessionState, task: TaskState): Violation[] {
  const pending = pendingApproval(state);
  if (pending?.effect === "resume" && pending.task === task) return [...pending.violations];
  const data = {
    session: state.opened?.session_id,
    phase: task.at,
    next: `pm continue ${state.opened?.session_id}`,
  };
  const taskId = task.submitted.task_id;
  if (task.cancelled)
    return [...openViolations(task), violationOf("E213", "runner", "INCOMPLETE", data, { taskId })];
  if (task.interrupted && task.interruptedBy.length > 0)
    return [...openViolations(task), ...task.interruptedBy];
  if (task.interrupted)
    return [...openViolations(task), violationOf("E212", "runner", "INCOMPLETE", data, { taskId })];
  return openViolations(task);
}

/** One command that can be typed as it is. */
function nextAction(state: SessionState, id: string): string | null {
  const status = overallStatus(state);
  if (status === "COMPLETE") return null;
  if (status === "INVALID") return `pm verify ${id}`;
  if (status === "ERROR" || status === "NO_EVIDENCE") return `pm logs ${id}`;
  const tasks = [...state.tasks.values()];
  if (tasks.length === 0) return `pm continue ${id} --task "Describe the change you want"`;
  if (tasks.every((task) => task.cancelled || task.status === "COMPLETE")) return null;
  if (pendingApproval(state)) return `pm approve ${id}`;
  return tasks.some((task) => task.at !== "ENDED") ? `pm continue ${id}` : `pm logs ${id}`;
}

function toTaskResult(task: TaskState, read: (ref: BlobRef) => string): TaskResult {
  return {
    task_id: task.submitted.task_id,
    prompt: task.submitted.prompt,
    status: task.status,
    phase: (PHASES as readonly string[]).includes(task.at) ? (task.at as Phase) : null,
    landed: task.landed,
    files_changed: filesChanged(task, read),
    cost_usd: task.usage.cost_usd,
    usage: task.usage,
    isolation: task.isolation,
  };
}

function filesChanged(task: TaskState, read: (ref: BlobRef) => string): string[] {
  if (!task.result) return [];
  try {
    return changeSetSchema.parse(JSON.parse(read(task.result.changes))).files.map((file) => file.path);
  } catch {
    return [];
  }
}
