import { createHash } from "node:crypto";
import { isFinal, RunnerError } from "@pm/core";
import type { TaskDetail } from "../../contract/tasks.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";

/**
 * Submits what a task asked for once more, in its group and for its project: of the queue's own word, since the project may be
 * another one than the server's. @throws RunnerError E410, E478
 */
export async function retryTask(
  { queue }: Pick<WebOptions, "queue">,
  taskId: string,
  idempotencyKey: string | undefined,
): Promise<TaskDetail> {
  const { state, group_id: groupId, project, payload } = await queue.get(taskId);
  if (!isFinal(state)) throw new RunnerError("E478", { id: taskId, state });
  const again = { groupId, project, payload: { ...payload, requires: null } };
  const { task } = await queue.submit({ ...again, ...keyOf(taskId, idempotencyKey) });
  return showTaskDetail(task);
}

/** Of this retry alone: the same key at another task, or at its submission, would answer with what has ended. */
function keyOf(taskId: string, key: string | undefined): { readonly idempotencyKey?: string } {
  if (key === undefined) return {};
  const digest = createHash("sha256")
    .update(JSON.stringify([taskId, key]))
    .digest("hex");
  return { idempotencyKey: `retry:${digest}` };
}
