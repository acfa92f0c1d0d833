import { type Clock, RunnerError, type SeenWorker, type WorkerInfo, workerInfoSchema } from "@pm/core";
import * as z from "zod";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { itemSize, MAX_ITEM_BYTES } from "./item-size.ts";
import { WORKERS, workerKey } from "./keys.ts";
import { expiry, WORKER_SEEN_MS } from "./lifetimes.ts";
import { parseItem } from "./parse-item.ts";

const workerItemSchema = z.object({ info: workerInfoSchema, seen: z.int() });

/** Who works: one item a worker, written anew with each of its signs of life. */
export function createWorkers(table: DynamoTable, clock: Clock) {
  return {
    /** @throws RunnerError E414 */
    async announce(info: WorkerInfo): Promise<void> {
      const now = clock.now();
      const item = { ...workerKey(info.worker_id), info, seen: now.getTime(), ttl: expiry("worker", now) };
      const bytes = itemSize(item);
      if (bytes > MAX_ITEM_BYTES)
        throw new RunnerError("E414", {
          what: "The worker",
          bytes,
          engine: "DynamoDB",
          limit: MAX_ITEM_BYTES,
        });
      await table.put(item);
    },

    async withdraw(workerId: string): Promise<void> {
      await table.remove(workerKey(workerId));
    },

    async seen(): Promise<SeenWorker[]> {
      const found: z.infer<typeof workerItemSchema>[] = [];
      let after: Item | undefined;
      do {
        const page = await table.query({ partition: WORKERS, consistent: true, after });
        found.push(...page.items.map((item) => parseItem(table.name, workerItemSchema, item)));
        after = page.next;
      } while (after);
      const since = clock.now().getTime() - WORKER_SEEN_MS;
      return found
        .filter(({ seen }) => seen > since)
        .sort((a, b) => b.seen - a.seen)
        .map(({ info, seen }) => ({ ...info, seen_at: new Date(seen).toISOString() }));
    },
  };
}
