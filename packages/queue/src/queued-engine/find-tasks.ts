import type { QueueTask, TaskQueue } from "@pm/core";
import { orNull } from "../shared/or-null.ts";

/**
 * @returns the tasks that an id names in the queue: the one task, or those of a group; none where it names nothing. Where a
 * group has the id of a task, the task is meant: to cancel less than was asked for can be mended.
 */
export async function findTasks(queue: TaskQueue, id: string): Promise<QueueTask[]> {
  const task = await orNothing(queue.get(id));
  return task === null ? groupTasks(queue, id) : [task];
}

/** None where there is no such group. */
export async function groupTasks(queue: TaskQueue, groupId: string): Promise<QueueTask[]> {
  const tasks: QueueTask[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await orNothing(
      queue.listTasks({ groupId }, { limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
    );
    tasks.push(...(page?.items ?? []));
    cursor = page?.next_cursor ?? null;
  }
  return tasks;
}

/** Null for what is unknown, and what can be no id here at all. */
const orNothing = <T>(answer: Promise<T>) => orNull(answer, "E410", "E413");
