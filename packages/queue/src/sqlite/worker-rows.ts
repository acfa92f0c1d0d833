import { RunnerError, type SeenWorker, type TaskQueue, workerInfoSchema } from "@pm/core";
import type { QueueParts } from "./queue-parts.ts";

const DAY_MS = 86_400_000;

const ANNOUNCE = `INSERT INTO workers (worker_id, info, seen_at) VALUES (?, ?, ?)
  ON CONFLICT (worker_id) DO UPDATE SET info = excluded.info, seen_at = excluded.seen_at`;
const FORGET = "DELETE FROM workers WHERE seen_at <= ?";
const RECENT = "SELECT info, seen_at FROM workers WHERE seen_at > ? ORDER BY seen_at DESC, worker_id";

/** Who announced itself; a list for people. */
export function createWorkerRows({
  db,
  now,
  read,
  write,
}: QueueParts): Pick<TaskQueue, "announce" | "withdraw" | "workers"> {
  const dayAgo = () => new Date(Date.parse(now()) - DAY_MS).toISOString();
  return {
    announce: (worker) =>
      write(() => {
        db.run(FORGET, dayAgo());
        db.run(ANNOUNCE, worker.worker_id, JSON.stringify(worker), now());
      }),

    withdraw: (workerId) =>
      write(() => {
        db.run("DELETE FROM workers WHERE worker_id = ?", workerId);
      }),

    workers: () =>
      read(() =>
        db
          .all<{ info: string; seen_at: string }>(RECENT, dayAgo())
          .map(({ info, seen_at }): SeenWorker => ({ ...parsed(info, db.path), seen_at })),
      ),
  };
}

function parsed(info: string, path: string) {
  try {
    return workerInfoSchema.parse(JSON.parse(info));
  } catch (cause) {
    throw new RunnerError("E423", { path, reason: "the row of a worker makes no sense" }, cause);
  }
}
