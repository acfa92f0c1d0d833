import { type ApprovalView, isRunnerError, type QueueTask } from "@pm/core";
import type { WebOptions } from "../web-server.ts";
import { sessionTaskOf } from "./session-task.ts";

/** What holds up a task; null where nothing does, where it is another task of the session, or where the evidence is not here. */
export async function pendingApproval(
  options: Pick<WebOptions, "engine" | "queue">,
  task: QueueTask,
): Promise<ApprovalView | null> {
  try {
    const { sessionId, taskId } = await sessionTaskOf(options, task);
    const view = await options.engine.approvalView(sessionId);
    return view.taskId === taskId ? view : null;
  } catch (error) {
    if (isRunnerError(error)) return null;
    throw error;
  }
}
