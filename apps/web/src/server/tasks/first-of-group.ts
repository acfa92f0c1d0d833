import { isRunnerError, type QueueTask, type TaskQueue } from "@pm/core";

/** @returns the first task of a group: undefined where it has none (any more), null where there is no such group */
export async function firstOfGroup(queue: TaskQueue, groupId: string): Promise<QueueTask | undefined | null> {
  try {
    const { items } = await queue.listTasks({ groupId }, { limit: 1 });
    return items[0];
  } catch (error) {
    if (isRunnerError(error, "E410")) return null;
    throw error;
  }
}
