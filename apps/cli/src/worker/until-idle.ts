import { isFinal, type QueueTask, type TaskQueue } from "@pm/core";
import type { Place, Worker } from "@pm/queue";
import type { Io } from "../io.ts";

/** On DynamoDB an index that was just read may lag behind. */
const LOOK_MS = { sqlite: 200, dynamodb: 1_500 };
/** A task may be on its way from one state to another while it is looked at. */
const LOOKS = 2;

export interface IdleWatch {
  readonly io: Pick<Io, "every">;
  readonly queue: TaskQueue;
  readonly worker: Worker;
  readonly places: readonly Place[];
  isGone(workerId: string): Promise<boolean>;
}

/**
 * Resolves when a worker has nothing more to do: nothing of its projects is queued that it could claim, and nothing is
 * held by it or by a process that is gone. @throws RunnerError E420–E435 where the queue can't be asked
 */
export function untilIdle(watch: IdleWatch): Promise<void> {
  let looking = false;
  let idle = 0;
  return new Promise((resolve, reject) => {
    const look = async () => {
      idle = (await hasWork(watch)) ? 0 : idle + 1;
      if (idle < LOOKS) return;
      stop();
      resolve();
    };
    const stop = watch.io.every(LOOK_MS[watch.queue.engine], () => {
      if (looking) return;
      looking = true;
      look()
        .catch((error: unknown) => {
          stop();
          reject(error as Error);
        })
        .finally(() => {
          looking = false;
        });
    });
  });
}

async function hasWork({ queue, worker, places, isGone }: IdleWatch): Promise<boolean> {
  if (worker.running().length > 0) return true;
  const keys = new Set(places.flatMap((place) => place.claimKeys));
  for (const { claim } of await queue.running([...keys])) {
    if (claim !== null && (claim.worker_id === worker.id || (await isGone(claim.worker_id)))) return true;
  }
  const heldUp = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await queue.listTasks(
      { state: "QUEUED" },
      { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    );
    for (const { project, group_id } of page.items) {
      if (!keys.has(project) || heldUp.has(group_id)) continue;
      const first = await firstOpen(queue, group_id);
      if (first?.state === "QUEUED" && keys.has(first.project)) return true;
      heldUp.add(group_id);
    }
    cursor = page.next_cursor;
  }
  return false;
}

/** What of a group has to end before anything after it can begin: it may wait for a person, or for another worker. */
async function firstOpen(queue: TaskQueue, groupId: string): Promise<QueueTask | undefined> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await queue.listTasks(
      { groupId },
      { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    );
    const open = page.items.find(({ state }) => !isFinal(state));
    if (open !== undefined) return open;
    cursor = page.next_cursor;
  }
  return undefined;
}
