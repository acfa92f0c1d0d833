import type { NewTask, TaskDetail } from "../../contract/tasks.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";
import { taskInputOf } from "./task-input-of.ts";

/** Puts a task of the server's project into the queue. @throws RunnerError E101–E108, E413–E415 and what the queue says */
export async function submitTask(
  { engine, queue, project }: Pick<WebOptions, "engine" | "queue" | "project">,
  asked: NewTask,
  idempotencyKey: string | undefined,
): Promise<TaskDetail> {
  const { task_group_id, provider, model } = asked;
  const [task] = await engine.enqueue({
    project,
    tasks: [taskInputOf(asked)],
    ...(task_group_id !== undefined && { sessionId: task_group_id }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
  return showTaskDetail(await queue.get(task?.task_id ?? ""));
}
