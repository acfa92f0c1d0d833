import {
  type QueueState,
  type QueueTask,
  type QueueTaskDetail,
  RunnerError,
  taskOutcomeSchema,
  taskPayloadSchema,
} from "@pm/core";
import { formatTaskId } from "../shared/task-ids.ts";

/** A row of `tasks`, as the schema has it. */
export interface TaskRow {
  readonly seq: number;
  readonly group_id: string;
  readonly number: number;
  readonly state: QueueState;
  readonly head: 0 | 1 | null;
  readonly project: string;
  readonly summary: string;
  readonly submitted_at: string;
  readonly updated_at: string;
  readonly session_id: string | null;
  readonly place: string | null;
  readonly worker_id: string | null;
  readonly lease_ms: number | null;
  readonly claimed_at: string | null;
  readonly fence: number;
  readonly beat: number;
  readonly deaths: number;
  readonly cancel_requested: 0 | 1;
  readonly outcome: string | null;
  readonly digest: string | null;
}

export const idOf = (row: Pick<TaskRow, "group_id" | "number">): string =>
  formatTaskId(row.group_id, row.number);

/** @throws RunnerError E423 where the row is not one that was written here. */
export function toTask(row: TaskRow, path: string): QueueTask {
  const { worker_id, lease_ms, claimed_at, fence, session_id, place } = row;
  const claim =
    worker_id === null || lease_ms === null || claimed_at === null
      ? null
      : { worker_id, fence, beat: row.beat, lease_ms, claimed_at };
  return {
    task_id: idOf(row),
    group_id: row.group_id,
    state: row.state,
    project: row.project,
    summary: row.summary,
    submitted_at: row.submitted_at,
    updated_at: row.updated_at,
    session: session_id === null || place === null ? null : { session_id, place },
    claim,
    fence,
    deaths: row.deaths,
    cancel_requested: row.cancel_requested === 1,
    outcome: row.outcome === null ? null : parsed(row, path, taskOutcomeSchema, row.outcome),
  };
}

/** @throws RunnerError E423 */
export function toDetail(row: TaskRow, payload: string, path: string): QueueTaskDetail {
  return { ...toTask(row, path), payload: parsed(row, path, taskPayloadSchema, payload) };
}

function parsed<T>(row: TaskRow, path: string, schema: { parse(value: unknown): T }, json: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw new RunnerError("E423", { path, reason: `the row of task ${idOf(row)} makes no sense` }, cause);
  }
}
