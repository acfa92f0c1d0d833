import { type Clock, RunnerError, type TaskPayload } from "@pm/core";
import { parseTaskId } from "../shared/task-ids.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Change } from "./expressions.ts";
import { type Key, partsOf, payloadKey, taskKey } from "./keys.ts";
import { parseItem } from "./parse-item.ts";
import { unpackPayload } from "./payload-body.ts";
import { isVoid, parseTaskItem, payloadItemSchema, type TaskItem, type VoidItem } from "./task-item.ts";

export type TaskStore = ReturnType<typeof createTaskStore>;

/** The tasks as they are stored. @param heard is told each one that was written here */
export function createTaskStore(table: DynamoTable, clock: Clock, heard: (task: TaskItem) => void) {
  function asTask(item: TaskItem | VoidItem): TaskItem {
    if (!isVoid(item)) return item;
    throw new RunnerError("E435", { action: "Reading", table: table.name, reason: "a task became void" });
  }

  async function find(taskId: string): Promise<TaskItem | VoidItem | null> {
    const item = await table.get(taskKey(parseTaskId(taskId)));
    return item && parseTaskItem(table.name, item);
  }

  return {
    heard,
    find,

    /** @throws RunnerError E410, E413 */
    async get(taskId: string): Promise<TaskItem> {
      const found = await find(taskId);
      if (found && !isVoid(found)) return found;
      throw new RunnerError("E410", { namespace: table.namespace, what: "task", id: taskId });
    },

    /** Those of the keys that are there, in no order, each once: an index that lags can name one in two places. */
    async many(keys: readonly Key[], consistent = true): Promise<TaskItem[]> {
      const distinct = new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key]));
      const items = await table.batchGet([...distinct.values()], consistent);
      return items
        .map((item) => parseTaskItem(table.name, item))
        .filter((item): item is TaskItem => !isVoid(item));
    },

    /** A payload never changes, so the cheaper reading serves, but for one that is so new that it has not arrived there. */
    async payloadOf(task: TaskItem): Promise<TaskPayload> {
      if (task.body !== undefined) return unpackPayload(task.body);
      const key = payloadKey(partsOf(task));
      const item = (await table.get(key, false)) ?? (await table.get(key)) ?? key;
      return unpackPayload(parseItem(table.name, payloadItemSchema, { ...item }).body);
    },

    /** @returns the task as it is now, or null where a condition did not hold */
    async change(
      key: Key,
      { set, add, when }: Pick<Change, "set" | "add" | "when">,
    ): Promise<TaskItem | null> {
      const written = await table.update(key, {
        set: { ...set, upd: clock.now().getTime() },
        add: { ver: 1, ...add },
        ...(when && { when }),
      });
      const task = written && asTask(parseTaskItem(table.name, written));
      if (task) heard(task);
      return task;
    },
  };
}
