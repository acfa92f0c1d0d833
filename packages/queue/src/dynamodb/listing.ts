import {
  type Page,
  type PageRequest,
  type QueueState,
  type QueueTask,
  RunnerError,
  TASK_STATES,
} from "@pm/core";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../shared/cursor.ts";
import { pageLimit } from "../shared/page-limit.ts";
import { parseGroupId } from "../shared/task-ids.ts";
import type { Item } from "./item.ts";
import { groupKey, partsOf, taskSort } from "./keys.ts";
import type { QueueParts } from "./queue-parts.ts";
import { newestEntries, type PlacedEntry } from "./state-entries.ts";
import { isVoid, parseTaskItem, toQueueTask } from "./task-item.ts";

const stateSchema = z.enum(TASK_STATES);
const groupCursorSchema = z.strictObject({
  list: z.literal("group"),
  group: z.string(),
  state: stateSchema.nullable(),
  after: z.int().positive(),
});
const stateCursorSchema = z.strictObject({
  list: z.literal("tasks"),
  /** Null: all of them, and `at` is the one that is being listed. */
  state: stateSchema.nullable(),
  at: stateSchema,
  before: z
    .string()
    .regex(/^\d{13}#[A-Za-z0-9._-]{1,120}$/)
    .nullable(),
});

const READ_AHEAD = 100;
const LAST_NUMBER = 999_999_999_999;

/** The tasks of a group or of all groups, page by page. */
export function createListing({ namespace, table, config, groups, tasks }: QueueParts) {
  async function ofGroup(groupId: string, state: QueueState | null, { cursor, limit }: PageRequest) {
    const { pk } = groupKey(parseGroupId(groupId));
    const wanted = pageLimit(limit);
    const at = cursor === undefined ? undefined : decodeCursor(cursor, groupCursorSchema);
    if (at && (at.group !== groupId || at.state !== state)) throw otherList(cursor);
    if (!at && !(await groups.exists(groupId)))
      throw new RunnerError("E410", { namespace, what: "group", id: groupId });
    const items: QueueTask[] = [];
    let last = at?.after ?? 0;
    let after: Item | undefined;
    do {
      const page = await table.query({
        partition: pk,
        between: [taskSort(last + 1), taskSort(LAST_NUMBER)],
        // One more than asked for tells whether there is a next page.
        limit: state === null ? wanted + 1 : READ_AHEAD,
        consistent: true,
        after,
      });
      for (const item of page.items.map((each) => parseTaskItem(table.name, each))) {
        if (isVoid(item) || (state !== null && item.state !== state)) continue;
        if (items.length === wanted)
          return { items, next_cursor: encodeCursor({ list: "group", group: groupId, state, after: last }) };
        items.push(toQueueTask(item));
        last = partsOf(item).number;
      }
      after = page.next;
    } while (after);
    return { items, next_cursor: null };
  }

  async function ofNamespace(state: QueueState | null, { cursor, limit }: PageRequest) {
    const wanted = pageLimit(limit);
    const { read_shards } = await config();
    const from = cursor === undefined ? undefined : decodeCursor(cursor, stateCursorSchema);
    if (from && (from.state !== state || (state !== null && from.at !== state))) throw otherList(cursor);
    const order = state === null ? [...TASK_STATES] : [state];
    let place = from ? order.indexOf(from.at) : 0;
    let before = from?.before ?? undefined;
    const items: QueueTask[] = [];
    for (;;) {
      const at = order[place];
      if (at === undefined) return { items, next_cursor: null };
      const asked = wanted - items.length;
      const entries = await newestEntries(table, at, read_shards, { limit: asked, before });
      items.push(...(await asListed(entries, at)));
      if (entries.length < asked) {
        place += 1;
        before = undefined;
      } else before = entries.at(-1)?.order;
      const ended = order[place] === undefined;
      if (ended) return { items, next_cursor: null };
      if (items.length === wanted) {
        const next = { list: "tasks", state, at: order[place], before: before ?? null };
        return { items, next_cursor: encodeCursor(next) };
      }
    }
  }

  /** Whatever the index says, a task is listed under the state that it has. */
  async function asListed(entries: readonly PlacedEntry[], state: QueueState): Promise<QueueTask[]> {
    const found = new Map((await tasks.many(entries)).map((task) => [`${task.pk} ${task.sk}`, task]));
    return [...new Set(entries.map(({ pk, sk }) => found.get(`${pk} ${sk}`)))]
      .filter((task) => task !== undefined)
      .filter((task) => task.state === state)
      .map(toQueueTask);
  }

  return (
    { groupId, state }: { groupId?: string; state?: QueueState },
    page: PageRequest = {},
  ): Promise<Page<QueueTask>> =>
    groupId === undefined ? ofNamespace(state ?? null, page) : ofGroup(groupId, state ?? null, page);
}

function otherList(cursor = ""): RunnerError {
  return new RunnerError("E416", { value: cursor.slice(0, 100) });
}
