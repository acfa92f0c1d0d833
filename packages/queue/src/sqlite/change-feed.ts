/**
 * Owns the one timer by which an open queue sees what other processes did. SQLite counts their commits in the shared memory of
 * the log: asking for the count takes about a microsecond, so it is asked often, and the tables are read only when it moved.
 *
 * Invariants:
 * F1 a listener hears of every task that changed after it began to listen, by ascending `rev`; of several changes between two
 *    looks only the last is seen;
 * F2 the timer runs, and keeps the process alive, only while somebody listens;
 * F3 a look that fails is tried again: whoever works with the queue gets the error.
 */
import type { QueueTask } from "@pm/core";
import type { Database } from "./database.ts";
import { type TaskRow, toTask } from "./task-rows.ts";

const LOOK_MS = 60;

const LAST = "SELECT max(rev) AS rev FROM changes";
const FIRST = "SELECT min(rev) AS rev FROM changes";
const CHANGED = `SELECT tasks.*, max(changes.rev) AS rev FROM changes JOIN tasks ON tasks.seq = changes.seq
  WHERE changes.rev > ? GROUP BY changes.seq ORDER BY rev`;
const ALL = "SELECT * FROM tasks ORDER BY seq";
const CLAIMABLE = "SELECT 1 FROM tasks WHERE state = 'QUEUED' AND project = ? AND head = 1 LIMIT 1";

const NOTHING: readonly (() => unknown)[] = [];

interface Watcher {
  readonly groupId: string | undefined;
  after: number;
  readonly onTask: (task: QueueTask) => void;
}

interface Waiter {
  readonly projects: readonly string[];
  /** Whether it was never told of what was there before. */
  fresh: boolean;
  readonly wake: () => void;
}

export interface ChangeFeed {
  watch(filter: { groupId?: string }, onTask: (task: QueueTask) => void): () => void;
  onWork(projects: readonly string[], wake: () => void): () => void;
  /** This process has committed: its own commits are not counted by SQLite. */
  poke(): void;
  close(): void;
}

export function createChangeFeed(db: Database): ChangeFeed {
  const watchers = new Set<Watcher>();
  const waiters = new Set<Waiter>();
  let timer: NodeJS.Timeout | null = null;
  let soon: NodeJS.Immediate | null = null;
  let seenVersion = -1;
  let changed = false;
  let anyFresh = false;

  function look(): void {
    for (const tell of collect()) tell();
  }

  /** Reads everything first: what a listener throws is not taken for a failed look. */
  function collect(): readonly (() => unknown)[] {
    try {
      const version = db.get<{ data_version: number }>("PRAGMA data_version")?.data_version ?? -1;
      const moved = changed || version !== seenVersion;
      // Nearly always: a process that waits does this all day.
      if (!moved && !anyFresh) return NOTHING;
      anyFresh = false;
      const news = [
        ...(moved ? [...watchers].flatMap(newsFor) : []),
        ...[...waiters].filter((waiter) => (moved || waiter.fresh) && hasWork(waiter)).map(wakeUp),
      ];
      seenVersion = version;
      changed = false;
      return news;
    } catch {
      changed = true;
      return NOTHING;
    }
  }

  function newsFor(watcher: Watcher): (() => unknown)[] {
    const revOf = (sql: string) => db.get<{ rev: number | null }>(sql)?.rev ?? 0;
    // What was forgotten meanwhile, as while this process was stopped, may be any task.
    const missed = revOf(FIRST) > watcher.after + 1;
    const last = revOf(LAST);
    const rows = missed ? db.all<TaskRow>(ALL) : db.all<TaskRow>(CHANGED, watcher.after);
    watcher.after = last;
    return rows
      .filter(({ group_id }) => watcher.groupId === undefined || watcher.groupId === group_id)
      .map((row) => {
        const task = toTask(row, db.path);
        return () => watchers.has(watcher) && watcher.onTask(task);
      });
  }

  function hasWork(waiter: Waiter): boolean {
    waiter.fresh = false;
    return waiter.projects.some((project) => db.get(CLAIMABLE, project) !== undefined);
  }
  const wakeUp = (waiter: Waiter) => () => waiters.has(waiter) && waiter.wake();

  function poke(): void {
    changed = true;
    if (timer === null || soon !== null) return;
    soon = setImmediate(() => {
      soon = null;
      look();
    });
  }

  function listen<T>(listeners: Set<T>, listener: T): () => void {
    listeners.add(listener);
    timer ??= setInterval(look, LOOK_MS);
    return () => {
      listeners.delete(listener);
      if (watchers.size + waiters.size === 0) rest();
    };
  }

  function rest(): void {
    if (timer !== null) clearInterval(timer);
    if (soon !== null) clearImmediate(soon);
    timer = null;
    soon = null;
  }

  return {
    watch({ groupId }, onTask) {
      const after = db.get<{ rev: number | null }>(LAST)?.rev ?? 0;
      return listen(watchers, { groupId, after, onTask });
    },
    onWork(projects, wake) {
      anyFresh = true;
      return listen(waiters, { projects, fresh: true, wake });
    },
    poke,
    close() {
      watchers.clear();
      waiters.clear();
      rest();
    },
  };
}
