/**
 * The table of tasks, for work inside a transaction of the writer (reading functions also without). The only code that
 * changes it.
 *
 * Invariants:
 * B1 every change of state goes through `queueStep` (Q2);
 * B2 a group that has open tasks has exactly one with head = 1, the first of them (Q5);
 * B3 every change is noted with a `rev` above all others; of the notes the last KEPT_CHANGES stay.
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
const CLAIMABLE = `SELECT * FROM tasks
  WHERE state = 'QUEUED' AND project = ? AND head = 1 ORDER BY seq LIMIT ?`;
const PROMOTE = `UPDATE tasks SET head = 1 WHERE seq =
  (SELECT seq FROM tasks WHERE group_id = ? AND head IS NOT NULL ORDER BY number LIMIT 1)`;
const NOTE = "INSERT INTO changes (seq) VALUES (?) RETURNING rev";
const FORGET_NOTES = "DELETE FROM changes WHERE rev <= ?";
/** Of some seconds, where thousands of tasks change in each. */
const KEPT_CHANGES = 20_000;
/** So many are forgotten at once. */
const CHANGES_AT_ONCE = 1_000;

const NO_CLAIM = { worker_id: null, lease_ms: null, claimed_at: null, beat: 0 } as const;

export function createTaskTable(db: Database, namespace: string, now: () => string): TaskTable {
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
    db.run(`UPDATE tasks SET ${columns.join(", ")} WHERE seq = ?`, ...Object.values(changes), row.seq);
    noteChange(db, row.seq);
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
      const firstOf = (project: string) =>
        db.all<TaskRow>(CLAIMABLE, project, passed.size + 1).find((row) => !passed.has(idOf(row)));
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

/** Inside the transaction of the change (B3). */
export function noteChange(db: Database, seq: number): void {
  const rev = db.get<{ rev: number }>(NOTE, seq)?.rev ?? 0;
  if (rev % CHANGES_AT_ONCE === 0) db.run(FORGET_NOTES, rev - KEPT_CHANGES);
}
