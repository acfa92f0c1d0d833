/**
 * Hearing of changes. DynamoDB tells nobody, so it is asked: each second for a watch, and at intervals that grow to two
 * seconds where somebody waits for work. What was written through this queue is told at once.
 *
 * Owns its listeners and their timers. Talks to the table.
 * W1 A change is told only if it is newer than what was told before (`ver`), so readings that lag take nobody back.
 * W2 Renewals are no change.
 */
import { isFinal, type QueueTask } from "@pm/core";
import { type Key, partsOf, projectPrefix, statePartition } from "./keys.ts";
import { type PollDelay, poll } from "./poll.ts";
import type { QueueParts } from "./queue-parts.ts";
import { type TaskItem, toQueueTask } from "./task-item.ts";
import { watchGroup } from "./watch-group.ts";
import { watchNamespace } from "./watch-namespace.ts";

const WATCH_MS = 1_000;
const WORK_FIRST_MS = 250;
const WORK_LAST_MS = 2_000;
const SEEN = 25;

export interface Watching {
  readonly onWork: (projects: readonly string[], wake: () => void) => () => void;
  readonly watch: (filter: { groupId?: string }, onTask: (task: QueueTask) => void) => () => void;
  readonly close: () => void;
}

/** What was written here: filled by the store of tasks, heard by those who watch. */
export function createEars() {
  const listeners = new Set<(task: TaskItem) => void>();
  return {
    listeners,
    heard(task: TaskItem): void {
      for (const listener of listeners) listener(task);
    },
  };
}

export function createWatching(parts: QueueParts, { listeners }: ReturnType<typeof createEars>): Watching {
  const { table, config, clock } = parts;
  const stops = new Set<() => void>();

  /** Polls and listens until it is stopped, after which neither says anything, not even a look that is under way. */
  function keep(
    look: (live: () => boolean) => Promise<boolean>,
    listener: (task: TaskItem) => void,
    delay: PollDelay,
  ): () => void {
    let stopped = false;
    const live = () => !stopped;
    const ear = (task: TaskItem) => setImmediate(() => live() && listener(task));
    const stopPoll = poll(() => look(live), delay);
    const stop = () => {
      stopped = true;
      stops.delete(stop);
      listeners.delete(ear);
      stopPoll();
    };
    listeners.add(ear);
    stops.add(stop);
    return stop;
  }

  return {
    onWork(projects, wake) {
      let seen = "";
      const look = async (live: () => boolean) => {
        const { read_shards } = await config();
        const slices = Array.from({ length: read_shards }, (_, shard) =>
          projects.map((project) => ({
            partition: statePartition("QUEUED", shard),
            beginsWith: projectPrefix(project),
          })),
        ).flat();
        const pages = await Promise.all(
          slices.map((slice) => table.query({ index: "byState", ...slice, limit: SEEN })),
        );
        const waiting = pages.flatMap(({ items }) => items.map(({ pk, sk }) => `${pk} ${sk}`));
        if (waiting.length > 0 && live()) wake();
        // What has been there before and can't run should not be asked for ever faster.
        const changed = waiting.join() !== seen;
        seen = waiting.join();
        return changed && waiting.length > 0;
      };
      const mayFree = ({ state }: TaskItem) => state === "QUEUED" || isFinal(state);
      return keep(look, (task) => mayFree(task) && wake(), { firstMs: WORK_FIRST_MS, lastMs: WORK_LAST_MS });
    },

    watch({ groupId }, onTask) {
      const told = new Map<string, number>();
      const tell = (task: TaskItem) => {
        if (groupId !== undefined && partsOf(task).groupId !== groupId) return;
        const id = idOf(task);
        if ((told.get(id) ?? 0) >= task.ver) return;
        told.delete(id);
        told.set(id, task.ver);
        forgetOldest(told);
        onTask(toQueueTask(task));
      };
      const look = groupId === undefined ? watchNamespace(parts, clock.now()) : watchGroup(parts, groupId);
      const lookAndTell = (live: () => boolean) => look((task) => live() && tell(task));
      return keep(lookAndTell, tell, { firstMs: WATCH_MS, lastMs: WATCH_MS });
    },

    close() {
      for (const stop of stops) stop();
    },
  };
}

const idOf = ({ pk, sk }: Key) => `${pk} ${sk}`;

const REMEMBERED = 10_000;

function forgetOldest(told: Map<string, number>): void {
  if (told.size <= REMEMBERED) return;
  const [oldest] = told.keys();
  if (oldest !== undefined) told.delete(oldest);
}
