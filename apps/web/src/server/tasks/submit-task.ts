import type { NewTask, TaskDetail } from "../../contract/tasks.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";

/** Puts a task of the server's project into the queue. @throws RunnerError E101–E108, E413–E415 and what the queue says */
export async function submitTask(
  { engine, queue, project }: Pick<WebOptions, "engine" | "queue" | "project">,
  { task_group_id, prompt, kind = "change", scope = [], checks = [], provider, model }: NewTask,
  idempotencyKey: string | undefined,
): Promise<TaskDetail> {
  const [task] = await engine.enqueue({
    project,
    tasks: [{ prompt, kind, scope, checks }],
    ...(task_group_id !== undefined && { sessionId: task_group_id }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  return showTaskDetail(await queue.get(task?.task_id ?? ""));
}
