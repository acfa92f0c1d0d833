import { isDeepStrictEqual } from "node:util";
import { isRunnerError, type QueueTaskDetail, RunnerError } from "@pm/core";
import type { NewTask, TaskDetail } from "../../contract/tasks.ts";
import { showTaskDetail } from "../show-task.ts";
import type { WebOptions } from "../web-server.ts";
import { submitTask } from "./submit-task.ts";

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
  const first = await firstOf(options, id);
  if (first === "no group") return submitTask(options, asked, idempotencyKey);
  if (idempotencyKey !== undefined && first !== null && asksForTheSame(first, asked))
    return showTaskDetail(first);
  throw new RunnerError("E475", { id });
}

async function firstOf(
  { queue }: Pick<WebOptions, "queue">,
  groupId: string,
): Promise<QueueTaskDetail | null | "no group"> {
  try {
    const { items } = await queue.listTasks({ groupId }, { limit: 1 });
    return items[0] === undefined ? null : await queue.get(items[0].task_id);
  } catch (error) {
    if (isRunnerError(error, "E410")) return "no group";
    throw error;
  }
}

function asksForTheSame({ payload }: QueueTaskDetail, asked: NewTask): boolean {
  const { prompt, kind, scope, checks, provider, model } = payload;
  return isDeepStrictEqual(
    { prompt, kind, scope, checks, provider, model },
    {
      ...{
        prompt: asked.prompt,
        kind: asked.kind ?? "change",
        scope: asked.scope ?? [],
        checks: asked.checks ?? [],
      },
      ...{ provider: asked.provider ?? null, model: asked.model ?? null },
    },
  );
}
