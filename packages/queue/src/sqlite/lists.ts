import {
  isFinal,
  type Page,
  type PageRequest,
  type QueueGroup,
  type QueueState,
  RunnerError,
  TASK_STATES,
  type TaskQueue,
} from "@pm/core";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../shared/cursor.ts";
import { pageLimit } from "../shared/page-limit.ts";
import { parseGroupId } from "../shared/task-ids.ts";
import type { QueueParts } from "./queue-parts.ts";
import { findGroup } from "./submit-task.ts";
import { type TaskRow, toTask } from "./task-rows.ts";

interface StateCount {
  readonly state: QueueState;
  readonly count: number;
}

const positionSchema = z.strictObject({ list: z.string(), after: z.int() });

const GROUPS = "SELECT id, group_id, created_at FROM groups WHERE id < ? ORDER BY id DESC LIMIT ?";
const OF_GROUP = "SELECT * FROM tasks WHERE group_id = ? AND number > ? ORDER BY number LIMIT ?";
const OF_GROUP_IN_STATE =
  "SELECT * FROM tasks WHERE group_id = ? AND state = ? AND number > ? ORDER BY number LIMIT ?";
const ALL = "SELECT * FROM tasks WHERE seq < ? ORDER BY seq DESC LIMIT ?";
const PAGE = "seq < ? ORDER BY seq DESC LIMIT ?";
/** Open ones are few, those that failed have an index, and nearly all the others are COMPLETE. */
const IN_STATE = Object.fromEntries(
  TASK_STATES.map((state) => {
    if (!isFinal(state))
      return [
        state,
        `SELECT * FROM tasks INDEXED BY tasks_waiting WHERE state = '${state}' AND head >= 0 AND ${PAGE}`,
      ];
    if (state === "COMPLETE") return [state, `SELECT * FROM tasks WHERE state = 'COMPLETE' AND ${PAGE}`];
    const failed = "SELECT * FROM tasks INDEXED BY tasks_failed WHERE head IS NULL AND state <> 'COMPLETE'";
    return [state, `${failed} AND state = '${state}' AND ${PAGE}`];
  }),
) as Record<QueueState, string>;
const ALL_COUNT = "SELECT count(*) AS count FROM tasks";
const OPEN_COUNTS = `SELECT state, count(*) AS count FROM tasks INDEXED BY tasks_waiting
  WHERE head >= 0 GROUP BY state`;
const FAILED_COUNTS = `SELECT state, count(*) AS count FROM tasks INDEXED BY tasks_failed
  WHERE head IS NULL AND state <> 'COMPLETE' GROUP BY state`;
const OLDEST = `SELECT submitted_at FROM tasks INDEXED BY tasks_waiting
  WHERE state = 'QUEUED' AND head >= 0 ORDER BY seq LIMIT 1`;

/** Lists by keys, not by offsets: what is added or removed meanwhile neither repeats nor hides an item. */
export function createLists({
  db,
  namespace,
  read,
}: QueueParts): Pick<TaskQueue, "listGroups" | "listTasks" | "stats"> {
  const tasksOf = (groupId: string, state: QueueState | undefined, after: number, limit: number) =>
    state === undefined
      ? db.all<TaskRow>(OF_GROUP, groupId, after, limit)
      : db.all<TaskRow>(OF_GROUP_IN_STATE, groupId, state, after, limit);
  const newestTasks = (state: QueueState | undefined, before: number, limit: number) =>
    state === undefined
      ? db.all<TaskRow>(ALL, before, limit)
      : db.all<TaskRow>(IN_STATE[state], before, limit);

  return {
    async listGroups(page = {}) {
      const before = positionIn("groups", page) ?? Number.MAX_SAFE_INTEGER;
      const limit = pageLimit(page.limit);
      const rows = await read(() => db.all<QueueGroup & { id: number }>(GROUPS, before, limit + 1));
      const shown = pageOf("groups", rows, limit, ({ id }) => id);
      const items = shown.items.map(({ group_id, created_at }) => ({ group_id, created_at }));
      return { ...shown, items };
    },

    async listTasks({ groupId, state }, page = {}) {
      const limit = pageLimit(page.limit);
      const show = ({ items, next_cursor }: Page<TaskRow>) => ({
        items: items.map((row) => toTask(row, db.path)),
        next_cursor,
      });
      if (groupId === undefined) {
        const before = positionIn("tasks", page) ?? Number.MAX_SAFE_INTEGER;
        const rows = await read(() => newestTasks(state, before, limit + 1));
        return show(pageOf("tasks", rows, limit, ({ seq }) => seq));
      }
      const list = `tasks of ${parseGroupId(groupId)}`;
      const after = positionIn(list, page) ?? 0;
      const rows = await read(() => {
        if (!findGroup(db, groupId)) throw new RunnerError("E410", { namespace, what: "group", id: groupId });
        return tasksOf(groupId, state, after, limit + 1);
      });
      return show(pageOf(list, rows, limit, ({ number }) => number));
    },

    stats: () =>
      read(() => {
        const found = new Map(
          [...db.all<StateCount>(OPEN_COUNTS), ...db.all<StateCount>(FAILED_COUNTS)].map(
            ({ state, count }) => [state, count] as const,
          ),
        );
        const all = db.get<{ count: number }>(ALL_COUNT)?.count ?? 0;
        const others = [...found.values()].reduce((sum, count) => sum + count, 0);
        const counts = {
          ...Object.fromEntries(TASK_STATES.map((state) => [state, found.get(state) ?? 0])),
          COMPLETE: all - others,
        };
        const oldest = db.get<{ submitted_at: string }>(OLDEST);
        return {
          counts: counts as Record<QueueState, number>,
          oldest_waiting_at: oldest?.submitted_at ?? null,
        };
      }),
  };
}

/** @throws RunnerError E416, also for the cursor of another list */
function positionIn(list: string, { cursor }: PageRequest): number | null {
  if (cursor === undefined) return null;
  const position = decodeCursor(cursor, positionSchema);
  if (position.list !== list) throw new RunnerError("E416", { value: cursor.slice(0, 100) });
  return position.after;
}

/** @param rows one more than are shown, where there are more */
function pageOf<T>(list: string, rows: readonly T[], limit: number, position: (row: T) => number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = last !== undefined && rows.length > limit;
  return { items, next_cursor: more ? encodeCursor({ list, after: position(last) }) : null };
}
