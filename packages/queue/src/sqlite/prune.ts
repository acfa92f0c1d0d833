import type { Database } from "./database.ts";

/** As long as evidence is kept by default. */
const KEEP_MS = 30 * 86_400_000;
/** So many at once, that nobody waits for it. */
const AT_ONCE = 200;

const OLDEST = "SELECT seq, updated_at FROM tasks WHERE head IS NULL ORDER BY seq LIMIT ?";
const NEWEST = "SELECT max(seq) AS seq FROM tasks";

/**
 * @param now wall time, ISO. @returns some tasks that ended thirty days ago, by `seq`. The newest task stays for ever: `seq`
 * goes on from the highest there is.
 */
export function oldTasks(db: Database, now: string): number[] {
  const before = new Date(Date.parse(now) - KEEP_MS).toISOString();
  const newest = db.get<{ seq: number | null }>(NEWEST)?.seq;
  return db
    .all<{ seq: number; updated_at: string }>(OLDEST, AT_ONCE)
    .filter(({ seq, updated_at }) => updated_at < before && seq !== newest)
    .map(({ seq }) => seq);
}

/** Inside a transaction: forgets them, their payloads and their idempotency keys. */
export function forget(db: Database, seqs: readonly number[]): void {
  for (const seq of seqs) db.run("DELETE FROM tasks WHERE seq = ? AND head IS NULL", seq);
}
