import { type ApprovalView, isRunnerError, type QueueTask, RunnerError } from "@pm/core";
import type { WebOptions } from "../web-server.ts";
import { sessionTaskOf } from "./session-task.ts";

/**
 * What holds up a task.
 * @throws RunnerError E476 nothing, or another task of the session; E441 its evidence is not here; what the engine says where it
 *   can't be read
 */
export async function pendingApproval(
  options: Pick<WebOptions, "engine" | "queue">,
  task: QueueTask,
): Promise<ApprovalView> {
  const none = new RunnerError("E476", { id: task.task_id, what: "approval to give" });
  if (task.state !== "AWAITING_APPROVAL") throw none;
  const { sessionId, taskId } = await sessionTaskOf(options, task);
  const view = await options.engine.approvalView(sessionId).catch((error: unknown) => {
    throw isRunnerError(error, "E207") ? none : error;
  });
  if (view.taskId !== taskId) throw none;
  return view;
}
