import { type QueueGroup, RunnerError, type Submission, type Submitted } from "@pm/core";
import { payloadDigest } from "../shared/payload-digest.ts";
import { summaryOf } from "../shared/summary-of.ts";
import { parseGroupId } from "../shared/task-ids.ts";
import { claimOf } from "./claims.ts";
import type { Database } from "./database.ts";
import { idOf, type TaskRow } from "./task-rows.ts";
import type { TaskTable } from "./task-table.ts";

/** Of its JSON. A row of SQLite could hold a thousand million bytes; this is what a claim may read under the lock. */
const PAYLOAD_BYTES = 4 * 1024 * 1024;
const KEY_LENGTH = 200;

const INSERT_GROUP = `INSERT INTO groups (group_id, created_at) VALUES (?, ?)
  ON CONFLICT (group_id) DO NOTHING`;
const TAKE_NUMBER =
  "UPDATE groups SET next_number = next_number + 1 WHERE group_id = ? RETURNING next_number";
const INSERT_TASK = `INSERT INTO tasks
  (group_id, number, state, head, project, summary, submitted_at, updated_at, idempotency_key, digest)
  VALUES (?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?) RETURNING *`;
const INSERT_PAYLOAD = "INSERT INTO payloads (seq, payload) VALUES (?, ?)";
const BY_KEY = "SELECT * FROM tasks WHERE idempotency_key = ?";

/** @returns the group as it is, or undefined. */
export function findGroup(db: Database, groupId: string): QueueGroup | undefined {
  return db.get<QueueGroup>("SELECT group_id, created_at FROM groups WHERE group_id = ?", groupId);
}

/** Inside a transaction. */
export function makeGroup(db: Database, groupId: string, at: string): QueueGroup {
  db.run(INSERT_GROUP, groupId, at);
  return findGroup(db, groupId) ?? { group_id: groupId, created_at: at };
}

/**
 * Checks a submission before any lock is asked for. @returns the work for a transaction; it throws E415.
 * @throws RunnerError E413, E414
 */
export function submission(
  db: Database,
  tasks: TaskTable,
  now: () => string,
  { groupId, project, payload, idempotencyKey: key, claim }: Submission,
): () => Submitted {
  parseGroupId(groupId);
  const json = JSON.stringify(payload);
  requireWithin("The task", Buffer.byteLength(json), PAYLOAD_BYTES);
  if (key !== undefined) requireWithin("The idempotency key", key.length, KEY_LENGTH);
  const digest = key === undefined ? null : payloadDigest(groupId, project, payload);
  return () => {
    const known = key === undefined ? undefined : db.get<TaskRow>(BY_KEY, key);
    if (known) {
      if (known.digest !== digest) throw new RunnerError("E415", { key, id: idOf(known) });
      return { task: tasks.detail(known), created: false, claim: null };
    }
    const at = now();
    db.run(INSERT_GROUP, groupId, at);
    const number = (db.get<{ next_number: number }>(TAKE_NUMBER, groupId)?.next_number ?? 1) - 1;
    const head = tasks.headOf(groupId) === undefined ? 1 : 0;
    const text = [project, summaryOf(payload.prompt), at, at, key ?? null, digest] as const;
    const row = db.get<TaskRow>(INSERT_TASK, groupId, number, head, ...text);
    if (!row) throw new Error("SQLite gave no row back");
    db.run(INSERT_PAYLOAD, row.seq, json);
    if (claim && head === 1) return { ...claimOf(tasks, tasks.take(row, "claimed", claim)), created: true };
    return { task: tasks.detail(row), created: true, claim: null };
  };
}

function requireWithin(what: string, bytes: number, limit: number): void {
  if (bytes > limit) throw new RunnerError("E414", { what, bytes, engine: "sqlite", limit });
}
