import { isFinal, type QueueState, TASK_STATES } from "@pm/core";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { type Key, statePartition, timeOf } from "./keys.ts";
import { type IndexEntry, parseEntry } from "./state-entries.ts";

/** Clocks of two machines may be so far apart, and the index lags: an ending may turn up behind later ones. */
const LATE_MS = 30 * 60_000;
/** So many of a shard and state are looked through for those that turn up late. */
const LATE_ENTRIES = 200;
const HIGHEST = "~";
const ENDED = TASK_STATES.filter((state): state is QueueState => isFinal(state));

/**
 * Follows the tasks that end, in the index, which has them by the clocks of those who ended them.
 * @param from who ended before is no news. @returns one look: gives each ending once
 */
export function followEndings(table: DynamoTable, from: Date): (shards: number) => Promise<Key[]> {
  let since = from.getTime();
  let before: Set<string> | undefined;

  async function recent(partition: string): Promise<IndexEntry[]> {
    const entries: IndexEntry[] = [];
    let after: Item | undefined;
    do {
      const page = await table.query({
        index: "byState",
        partition,
        between: [String(since - LATE_MS), HIGHEST],
        newestFirst: true,
        limit: LATE_ENTRIES,
        after,
      });
      entries.push(...page.items.map(parseEntry));
      after = page.next;
    } while (after && timeOf(entries.at(-1)?.ssk ?? "") >= since);
    return entries;
  }

  return async (shards) => {
    const partitions = Array.from({ length: shards }, (_, shard) =>
      ENDED.map((state) => statePartition(state, shard)),
    );
    const found = (await Promise.all(partitions.flat().map(recent))).flat();
    const known = before;
    const isNews = ({ ssk, pk, sk }: IndexEntry) =>
      known ? !known.has(`${pk} ${sk}`) : timeOf(ssk) >= from.getTime();
    const news = found.filter(isNews);
    before = new Set(found.map(({ pk, sk }) => `${pk} ${sk}`));
    since = Math.max(since, ...found.map(({ ssk }) => timeOf(ssk)));
    return news;
  };
}
