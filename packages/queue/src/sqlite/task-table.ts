/**
 * The table of tasks, for work inside a transaction of the writer (reading functions also without). The only code that
 * changes it.
 *
 * Invariants:
 * B1 every change of state goes through `queueStep` (Q2);
 * B2 a group that has open tasks has exactly one with head = 1, the first of them (Q5);
 * B3 every change gives the task a `rev` above all others.
 */
import {
  type ClaimNextRequest,
  type ClaimRequest,
  isFinal,
  type QueueTaskDetail,
  type QueueTrigger,
  queueStep,
  RunnerError,
  type SeenLease,
} from "@pm/core";
import { parseTaskId } from "../shared/task-ids.ts";
import type { Database } from "./database.ts";
import { idOf, type TaskRow, toDetail } from "./task-rows.ts";

export type TaskChange = Partial<
  Omit<TaskRow, "seq" | "group_id" | "number" | "state" | "rev" | "updated_at">
>;

export interface TaskTable {
  /** @throws RunnerError E410, E413 */
  require(taskId: string): TaskRow;
  /** The first open task of the group. */
  headOf(groupId: string): TaskRow | undefined;
  /** With its payload, which never changes, and so may be read after the commit. @throws RunnerError E423 */
  detail(row: TaskRow): QueueTaskDetail;
  /** @returns the row as it is now. @throws RunnerError E411 */
  change(row: TaskRow, on: QueueTrigger, to: TaskChange): TaskRow;
  /** @returns the row as it is now: held under the newest fencing token. @throws RunnerError E411 */
  take(row: TaskRow, on: "claimed" | "taken.over", request: ClaimRequest): TaskRow;
  /** The oldest task that may be claimed. */
  next(request: ClaimNextRequest): TaskRow | undefined;
  /** The task, where its lease is as it was seen. @throws RunnerError E413 */
  unmoved(seen: SeenLease): TaskRow | undefined;
}

const BY_ID = "SELECT * FROM tasks WHERE group_id = ? AND number = ?";
const HEAD = "SELECT * FROM tasks WHERE group_id = ? AND head IS NOT NULL ORDER BY number LIMIT 1";
const CLAIMABLE = `SELECT seq, group_id, number FROM tasks
  WHERE project = ? AND state = 'QUEUED' AND head = 1 ORDER BY seq LIMIT ?`;
const PROMOTE = `UPDATE tasks SET head = 1 WHERE seq =
  (SELECT seq FROM tasks WHERE group_id = ? AND head IS NOT NULL ORDER BY number LIMIT 1)`;
export const NEXT_REV = "(SELECT coalesce(max(rev), 0) + 1 FROM tasks)";

const NO_CLAIM = { worker_id: null, lease_ms: null, claimed_at: null, beat: 0 } as const;

export function createTaskTable(db: Database, namespace: string, now: () => string): TaskTable {
  const bySeq = (seq: number) => db.get<TaskRow>("SELECT * FROM tasks WHERE seq = ?", seq);

  function change(row: TaskRow, on: QueueTrigger, to: TaskChange): TaskRow {
    const state = queueStep(idOf(row), row.state, on);
    const ended = isFinal(state);
    const changes = {
      ...to,
      ...(state === row.state ? {} : { state }),
      ...(state === "RUNNING" ? {} : NO_CLAIM),
      ...(ended ? { head: null } : {}),
      updated_at: now(),
    };
    const columns = Object.keys(changes).map((column) => `${column} = ?`);
    db.run(
      `UPDATE tasks SET ${columns.join(", ")}, rev = ${NEXT_REV} WHERE seq = ?`,
      ...Object.values(changes),
      row.seq,
    );
    if (ended && row.head === 1) db.run(PROMOTE, row.group_id);
    return { ...row, ...changes };
  }

  function detail(row: TaskRow): QueueTaskDetail {
    const found = db.get<{ payload: string }>("SELECT payload FROM payloads WHERE seq = ?", row.seq);
    return toDetail(row, found?.payload ?? "", db.path);
  }

  return {
    change,
    detail,

    require(taskId) {
      const { groupId, number } = parseTaskId(taskId);
      const row = db.get<TaskRow>(BY_ID, groupId, number);
      if (!row) throw new RunnerError("E410", { namespace, what: "task", id: taskId });
      return row;
    },

    headOf: (groupId) => db.get<TaskRow>(HEAD, groupId),

    take(row, on, { workerId, leaseMs }) {
      const fence = row.fence + 1;
      const lease = { worker_id: workerId, lease_ms: leaseMs, claimed_at: now(), beat: 0 };
      const deaths = row.deaths + (on === "taken.over" ? 1 : 0);
      return change(row, on, { ...lease, fence, deaths, outcome: null });
    },

    next({ projects, except = [] }) {
      const passed = new Set(except);
      const first = projects
        .flatMap((project) =>
          db
            .all<Pick<TaskRow, "seq" | "group_id" | "number">>(CLAIMABLE, project, passed.size + 1)
            .filter((row) => !passed.has(idOf(row)))
            .slice(0, 1),
        )
        .sort((a, b) => a.seq - b.seq)[0];
      return first && bySeq(first.seq);
    },

    unmoved({ taskId, fence, beat }) {
      const { groupId, number } = parseTaskId(taskId);
      const row = db.get<TaskRow>(BY_ID, groupId, number);
      const same = row?.worker_id !== null && row?.fence === fence && row.beat === beat;
      return same ? row : undefined;
    },
  };
}
