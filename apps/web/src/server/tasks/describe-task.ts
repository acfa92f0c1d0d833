import { type ApprovalView, isRunnerError, type QueueTaskDetail } from "@pm/core";
import type { TaskDetail } from "../../contract/tasks.ts";
import { etagOf } from "../http/etag.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";
import { pendingApproval } from "./pending-approval.ts";

export interface TaskDescription {
  readonly task: QueueTaskDetail;
  readonly body: TaskDetail;
  /** Null unless it waits for one, and its evidence is on this machine. */
  readonly approval: ApprovalView | null;
  readonly etag: string;
}

/** A task with a tag over all that a decision on it could rest on. @throws RunnerError E410 */
export async function describeTask(
  options: Pick<WebOptions, "engine" | "queue">,
  taskId: string,
): Promise<TaskDescription> {
  const task = await options.queue.get(taskId);
  const body = showTaskDetail(task);
  const approval = await approvalOrNull(options, task);
  return { task, body, approval, etag: etagOf(JSON.stringify([body, approval?.digest])) };
}

/** Where it can't be read, the task can be shown all the same; who wants to decide is told why. */
async function approvalOrNull(
  options: Pick<WebOptions, "engine" | "queue">,
  task: QueueTaskDetail,
): Promise<ApprovalView | null> {
  try {
    return await pendingApproval(options, task);
  } catch (error) {
    if (isRunnerError(error)) return null;
    throw error;
  }
}
