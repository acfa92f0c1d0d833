import { createHash } from "node:crypto";
import {
  canonicalJson,
  type Ending,
  type ExecutionResult,
  endStateOf,
  type RunnerError,
  type TaskOutcome,
} from "@pm/core";

/**
 * What the queue keeps of a result: the state that follows from the task's status, and what a person reads first.
 * @param taskId of the session; null where the session does not have the task
 * @param cancelled a person's word ended it
 */
export function endingOf(result: ExecutionResult, taskId: string | null, cancelled: boolean): Ending {
  const task = result.tasks.find((candidate) => candidate.task_id === taskId);
  const own = result.violations.filter(
    (violation) => violation.task_id === taskId || violation.task_id === null,
  );
  // A damaged session has no tasks that could be believed.
  const status = task?.status ?? (result.overall_status === "INVALID" ? "INVALID" : "ERROR");
  const worst = own.find((violation) => violation.status === status) ?? own[0];
  return {
    state: endStateOf(status, cancelled),
    outcome: {
      code: status === "COMPLETE" ? null : (worst?.code ?? null),
      message: status === "COMPLETE" ? changed(task?.files_changed ?? []) : (worst?.message ?? status),
      next_action: result.next_action,
      evidence_path: result.evidence_path,
      result_digest: createHash("sha256").update(canonicalJson(result)).digest("hex"),
    },
  };
}

/** What the queue keeps of an error: there is no result. */
export function outcomeOfError(error: RunnerError, nextAction: string | null): TaskOutcome {
  return { ...outcomeOf(`${error.message} ${error.hint}`), code: error.code, next_action: nextAction };
}

/** What the queue keeps where there is neither a result nor an error. */
export function outcomeOf(message: string): TaskOutcome {
  return { code: null, message, next_action: null, evidence_path: null, result_digest: null };
}

const changed = (files: readonly string[]) =>
  files.length === 0
    ? "No file changed."
    : `${files.length} ${files.length === 1 ? "file" : "files"} changed.`;
