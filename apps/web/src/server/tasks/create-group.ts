import { isDeepStrictEqual } from "node:util";
import { type QueueTaskDetail, RunnerError } from "@pm/core";
import type { NewTask, TaskDetail } from "../../contract/tasks.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";
import { firstOfGroup } from "./first-of-group.ts";
import { submitTask } from "./submit-task.ts";
import { taskInputOf } from "./task-input-of.ts";

/**
 * Submits the first task of a group. Who sends it again under a key gets the task that it made.
 * @throws RunnerError E475 where the group exists, and what submitting throws
 */
export async function createGroup(
  options: Pick<WebOptions, "engine" | "queue" | "project">,
  asked: NewTask,
  idempotencyKey: string | undefined,
): Promise<TaskDetail> {
  const id = asked.task_group_id;
  if (id === undefined) return submitTask(options, asked, idempotencyKey);
  const first = await firstOfGroup(options.queue, id);
  if (first === null) return submitTask(options, asked, idempotencyKey);
  if (idempotencyKey !== undefined && first !== undefined) {
    const made = await options.queue.get(first.task_id);
    if (asksForTheSame(made, asked)) return showTaskDetail(made);
  }
  throw new RunnerError("E475", { id });
}

function asksForTheSame({ payload }: QueueTaskDetail, asked: NewTask): boolean {
  const { prompt, kind, scope, checks, provider, model } = payload;
  return isDeepStrictEqual(
    { prompt, kind, scope, checks, provider, model },
    { ...taskInputOf(asked), provider: asked.provider ?? null, model: asked.model ?? null },
  );
}
