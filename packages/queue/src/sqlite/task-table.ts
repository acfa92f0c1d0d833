/**
 * The table of tasks, for work inside a transaction of the writer (reading functions also without). The only code that
 * changes it.
 *
 * Invariants:
 * B1 every change of state goes through `queueStep` (Q2);
 * B2 a group that has open tasks has exactly one with head = 1, the first of them (Q5);
 * B3 every change is noted with a `rev` above all others.
 * B2 and B3 are kept by triggers of the schema where a task ends or changes, and by `submission` where it is added.
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

export type TaskChange = Partial<Omit<TaskRow, "seq" | "group_id" | "number" | "state" | "updated_at">>;

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
/** With a LIMIT that is bound, SQLite would compile it anew each time. */
const CLAIMABLE = `SELECT * FROM tasks
  WHERE state = 'QUEUED' AND project = ? AND head = 1 ORDER BY seq LIMIT `;
const TAKE = `UPDATE tasks SET state = ?, worker_id = ?, lease_ms = ?, claimed_at = ?, beat = 0, fence = ?, deaths = ?,
  outcome = NULL, updated_at = ? WHERE seq = ?`;
const END = `UPDATE tasks SET state = ?, head = NULL, worker_id = NULL, lease_ms = NULL, claimed_at = NULL, beat = 0,
  deaths = ?, outcome = ?, updated_at = ? WHERE seq = ?`;

const NO_CLAIM = { worker_id: null, lease_ms: null, claimed_at: null, beat: 0 } as const;

export function createTaskTable(db: Database, namespace: string, now: () => string): TaskTable {
  function change(row: TaskRow, on: QueueTrigger, to: TaskChange): TaskRow {
    const state = queueStep(idOf(row), row.state, on);
    const at = now();
    if (isFinal(state)) {
      const { outcome = row.outcome, deaths = row.deaths } = to;
      db.run(END, state, deaths, outcome, at, row.seq);
      return { ...row, ...NO_CLAIM, state, head: null, deaths, outcome, updated_at: at };
    }
    const changes = {
      ...to,
      // Indexes are written anew for each column that is named.
      ...(state === row.state ? {} : { state }),
      ...(state === "RUNNING" ? {} : NO_CLAIM),
      updated_at: at,
    };
    const columns = Object.keys(changes).map((column) => `${column} = ?`);
    db.run(`UPDATE tasks SET ${columns.join(", ")} WHERE seq = ?`, ...Object.values(changes), row.seq);
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
      const state = queueStep(idOf(row), row.state, on);
      const at = now();
      const fence = row.fence + 1;
      const deaths = row.deaths + (on === "taken.over" ? 1 : 0);
      db.run(TAKE, state, workerId, leaseMs, at, fence, deaths, at, row.seq);
      const lease = { worker_id: workerId, lease_ms: leaseMs, claimed_at: at, beat: 0 };
      return { ...row, ...lease, state, fence, deaths, outcome: null, updated_at: at };
    },

    next({ projects, except = [] }) {
      const passed = new Set(except);
      const firstOf = (project: string) =>
        passed.size === 0
          ? db.get<TaskRow>(`${CLAIMABLE} 1`, project)
          : db.all<TaskRow>(`${CLAIMABLE} ${passed.size + 1}`, project).find((row) => !passed.has(idOf(row)));
      return projects.flatMap((project) => firstOf(project) ?? []).sort((a, b) => a.seq - b.seq)[0];
    },

    unmoved({ taskId, fence, beat }) {
      const { groupId, number } = parseTaskId(taskId);
      const row = db.get<TaskRow>(BY_ID, groupId, number);
      const same = row?.worker_id !== null && row?.fence === fence && row.beat === beat;
      return same ? row : undefined;
    },
  };
}
