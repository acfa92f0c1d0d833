/**
 * The embedded queue: one SQLite file a namespace, shared by all processes of a machine that open it.
 *
 * Owns its connection (database.ts), the writing side with its place in the line (writer.ts, waiting-line.ts) and the feed of
 * changes (change-feed.ts); the rules are in task-table.ts. Why it takes turns as it does: docs/adr/0011.
 *
 * Invariants:
 * S1 after `close` nothing is read or written, and every method fails with E420;
 * S2 a file that met damage is not touched any more (E423);
 * S3 ended tasks are kept for thirty days; they are forgotten after a write, a few at a time, at most once an hour a process.
 */
import { type Clock, RunnerError, type TaskQueue } from "@pm/core";
import { parseGroupId } from "../shared/task-ids.ts";
import { createChangeFeed } from "./change-feed.ts";
import { createClaims } from "./claims.ts";
import { createLists } from "./lists.ts";
import { openDatabase, patiently } from "./open-database.ts";
import { forget, oldTasks } from "./prune.ts";
import type { QueueParts } from "./queue-parts.ts";
import { isDamage, wrapSqliteError } from "./sqlite-error.ts";
import { findGroup, makeGroup, submission } from "./submit-task.ts";
import { createTaskTable } from "./task-table.ts";
import { openWaitingLine } from "./waiting-line.ts";
import { createWorkerRows } from "./worker-rows.ts";
import { createWriter } from "./writer.ts";

const PRUNE_EVERY_MS = 3_600_000;

export interface SqliteQueueOptions {
  /** Of the file; it and its folder are made where they are missing, for this user only. */
  readonly path: string;
  readonly namespace: string;
  /** Of the timestamps. */
  readonly clock?: Pick<Clock, "now">;
}

/** @throws RunnerError E420–E426 */
export async function openSqliteQueue({ path, namespace, clock }: SqliteQueueOptions): Promise<TaskQueue> {
  const db = await openDatabase(path);
  const line = openWaitingLine(path);
  const feed = createChangeFeed(db);
  const now = isoClock(() => clock?.now().getTime() ?? Date.now());
  let unusable: RunnerError | null = null;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const writer = createWriter(db, {
    line,
    onCommit() {
      feed.poke();
      if (performance.now() - prunedAt > PRUNE_EVERY_MS) prune();
    },
    onFailure: note,
  });
  const parts: QueueParts = {
    db,
    namespace,
    now,
    tasks: createTaskTable(db, namespace, now),
    async read(work) {
      if (unusable) throw unusable;
      try {
        return await patiently(path, work);
      } catch (error) {
        note(error);
        throw wrapSqliteError(error, path);
      }
    },
    async write(work) {
      if (unusable) throw unusable;
      if (db.readOnly) throw new RunnerError("E422", { path, reason: "it or its folder is read-only" });
      return writer.write(work);
    },
  };

  /** Damage is remembered: nothing may be written any more (S2). */
  function note(error: unknown): void {
    if (isDamage(error)) unusable ??= wrapSqliteError(error, path);
  }

  function prune(): void {
    prunedAt = performance.now();
    const old = oldTasks(db, now());
    // Nobody asked for it: a failure is met again by whoever writes next.
    if (old.length > 0) writer.write(() => forget(db, old)).catch(note);
  }

  return {
    engine: "sqlite",
    place: path,
    namespace,

    async createGroup(groupId) {
      parseGroupId(groupId);
      const known = await parts.read(() => findGroup(db, groupId));
      return known ?? parts.write(() => makeGroup(db, groupId, now()));
    },
    async submit(asked) {
      return parts.write(submission(db, parts.tasks, now, asked));
    },
    get: (taskId) => parts.read(() => parts.tasks.detail(parts.tasks.require(taskId))),
    ...createLists(parts),
    ...createClaims(parts),
    ...createWorkerRows(parts),
    watch(filter, onTask) {
      if (unusable) throw unusable;
      return feed.watch(filter, onTask);
    },
    onWork(projects, wake) {
      if (unusable) throw unusable;
      return feed.onWork(projects, wake);
    },

    async close() {
      const closed = new RunnerError("E420", { path, reason: "it was closed" });
      const damaged = unusable?.code === "E423";
      if (unusable?.message === closed.message) return;
      unusable = closed;
      feed.close();
      await writer.settled();
      line.close();
      db.close(damaged);
    },
  };
}

/** Writing out a time takes longer than some of the statements that it is for. */
function isoClock(read: () => number): () => string {
  let last = { at: Number.NaN, text: "" };
  return () => {
    const at = read();
    if (at !== last.at) last = { at, text: new Date(at).toISOString() };
    return last.text;
  };
}
