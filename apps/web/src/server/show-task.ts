import { type QueueTask, type QueueTaskDetail, stripControl, stripToLine, type TaskOutcome } from "@pm/core";
import type { Task, TaskDetail } from "../contract/tasks.ts";

/** The queue's task as REST and the event stream show it: without what only workers need, and without control characters. */
export function showTask(task: QueueTask): Task {
  return {
    task_id: task.task_id,
    task_group_id: task.group_id,
    status: task.state,
    summary: stripToLine(task.summary),
    project: stripControl(task.project),
    submitted_at: task.submitted_at,
    updated_at: task.updated_at,
    session_id: task.session?.session_id ?? null,
    worker: task.claim && { worker_id: task.claim.worker_id, claimed_at: task.claim.claimed_at },
    cancel_requested: task.cancel_requested,
    outcome: task.outcome && showOutcome(task.outcome),
  };
}

/** The same with all that was submitted; the prompt keeps its line feeds. */
export function showTaskDetail(task: QueueTaskDetail): TaskDetail {
  const { prompt, kind, scope, checks, provider, model, budget_usd } = task.payload;
  return {
    ...showTask(task),
    prompt: stripControl(prompt),
    kind,
    scope: scope.map(stripControl),
    checks: checks.map((argv) => argv.map(stripControl)),
    provider: provider && stripControl(provider),
    model: model && stripControl(model),
    budget_usd,
  };
}

/** Its message may quote agents and the repository. */
function showOutcome(outcome: TaskOutcome): TaskOutcome {
  return {
    ...outcome,
    message: stripToLine(outcome.message),
    next_action: outcome.next_action && stripControl(outcome.next_action),
    evidence_path: outcome.evidence_path && stripControl(outcome.evidence_path),
  };
}
