/**
 * Reading the index of states. It lags, so an entry is only a hint; who needs to be sure reads the task itself.
 */
import type { QueueState } from "@pm/core";
import * as z from "zod";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { orderOf, statePartition, timeOf } from "./keys.ts";
import { parseItem } from "./parse-item.ts";

const entrySchema = z.object({ pk: z.string(), sk: z.string(), spk: z.string(), ssk: z.string() });
export type IndexEntry = z.infer<typeof entrySchema>;

const INDEX = "byState";

export const parseEntry = (item: Item): IndexEntry => parseItem(INDEX, entrySchema, item);

export const partitionsOf = (state: QueueState, shards: number): string[] =>
  Array.from({ length: shards }, (_, shard) => statePartition(state, shard));

/** A part of the index that is ordered by time: a shard of a state, and of those that wait each project on its own. */
interface Stream {
  readonly partition: string;
  readonly prefix: string;
}

// Sorts after '#', which ends a project's hash, and before any letter of the next.
const AFTER_HASH = "$";
const HIGHEST = "~";

/** The streams of a state. Projects are found by jumping from the first entry of one to the first of the next. */
async function streamsOf(table: DynamoTable, state: QueueState, shards: number): Promise<Stream[]> {
  const partitions = partitionsOf(state, shards);
  if (state !== "QUEUED") return partitions.map((partition) => ({ partition, prefix: "" }));
  const found = await Promise.all(partitions.map((partition) => projectsOf(table, partition)));
  return found.flat();
}

async function projectsOf(table: DynamoTable, partition: string): Promise<(Stream & { oldest: string })[]> {
  const streams: (Stream & { oldest: string })[] = [];
  for (let from = "!"; ; ) {
    const { items } = await table.query({
      index: INDEX,
      partition,
      between: [from, HIGHEST],
      limit: 1,
    });
    const [first] = items.map(parseEntry);
    if (!first) return streams;
    const oldest = orderOf("QUEUED", first.ssk);
    const prefix = first.ssk.slice(0, first.ssk.length - oldest.length);
    streams.push({ partition, prefix, oldest });
    from = prefix.slice(0, -1) + AFTER_HASH;
  }
}

export interface PlacedEntry extends IndexEntry {
  /** Its place in time among those of its state. */
  readonly order: string;
}

/** @returns up to `limit` entries of a state that come before the place `before`, newest first over all shards */
export async function newestEntries(
  table: DynamoTable,
  state: QueueState,
  shards: number,
  { limit, before }: { readonly limit: number; readonly before: string | undefined },
): Promise<PlacedEntry[]> {
  const streams = await streamsOf(table, state, shards);
  const pages = await Promise.all(
    streams.map(async ({ partition, prefix }) => {
      const { items } = await table.query({
        index: INDEX,
        partition,
        between: [`${prefix}!`, prefix + (before ?? HIGHEST)],
        newestFirst: true,
        // The range holds `before` itself.
        limit: limit + 1,
      });
      return items.map(parseEntry).map((entry) => ({ ...entry, order: orderOf(state, entry.ssk) }));
    }),
  );
  return pages
    .flat()
    .filter(({ order }) => before === undefined || order < before)
    .sort((a, b) => (a.order < b.order ? 1 : -1))
    .slice(0, limit);
}

/** @returns all entries of a state, which is not QUEUED, from the place `since` on, oldest first in each shard */
export async function entriesSince(
  table: DynamoTable,
  state: Exclude<QueueState, "QUEUED">,
  shards: number,
  since = "!",
): Promise<IndexEntry[]> {
  const found = await Promise.all(
    partitionsOf(state, shards).map(async (partition) => {
      const entries: IndexEntry[] = [];
      let after: Item | undefined;
      do {
        const page = await table.query({ index: INDEX, partition, between: [since, HIGHEST], after });
        entries.push(...page.items.map(parseEntry));
        after = page.next;
      } while (after);
      return entries;
    }),
  );
  return found.flat();
}

/** When the oldest waiting task was submitted; null where none waits. */
export async function oldestWaiting(table: DynamoTable, shards: number): Promise<Date | null> {
  const streams = await Promise.all(
    partitionsOf("QUEUED", shards).map((partition) => projectsOf(table, partition)),
  );
  const times = streams.flat().map(({ oldest }) => timeOf(oldest));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
