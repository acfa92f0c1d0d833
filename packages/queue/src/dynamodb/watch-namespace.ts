import type { Key } from "./keys.ts";
import type { QueueParts } from "./queue-parts.ts";
import { followEndings } from "./recent-endings.ts";
import { entriesSince, newestEntries } from "./state-entries.ts";
import type { TaskItem } from "./task-item.ts";

const NEWEST_WAITING = 100;
const idOf = ({ pk, sk }: Key) => `${pk} ${sk}`;

/**
 * Looks for changes of all tasks of the namespace. Read are the newest of those that wait, all that run or need a person,
 * and those that ended since the last look; a task that left its place is looked up wherever it is now.
 * @param from who ended before is no news @returns one look
 */
export function watchNamespace(
  { table, config, tasks }: QueueParts,
  from: Date,
): (tell: (task: TaskItem) => void) => Promise<boolean> {
  let known = new Map<string, Key & { readonly order: string; readonly waits: boolean }>();
  const newEndings = followEndings(table, from);

  return async (tell) => {
    const { read_shards } = await config();
    const [waiting, running, stopped, ended] = await Promise.all([
      newestEntries(table, "QUEUED", read_shards, { limit: NEWEST_WAITING, before: undefined }),
      entriesSince(table, "RUNNING", read_shards),
      entriesSince(table, "AWAITING_APPROVAL", read_shards),
      newEndings(read_shards),
    ]);
    const now: typeof known = new Map();
    for (const entry of waiting) now.set(idOf(entry), { ...entry, waits: true });
    for (const entry of [...running, ...stopped])
      now.set(idOf(entry), { ...entry, order: entry.ssk, waits: false });

    const wanted = new Map<string, Key>();
    for (const [id, entry] of now) {
      const before = known.get(id);
      if (!before || before.waits !== entry.waits || before.order !== entry.order) wanted.set(id, entry);
    }
    // Those can change without changing their place.
    for (const entry of running) wanted.set(idOf(entry), entry);
    const oldestShown = waiting.length < NEWEST_WAITING ? "" : (waiting.at(-1)?.order ?? "");
    for (const [id, entry] of known) {
      if (now.has(id)) continue;
      // Pushed out by newer ones it may still wait.
      if (entry.waits && entry.order < oldestShown) now.set(id, entry);
      else wanted.set(id, entry);
    }
    for (const entry of ended) wanted.set(idOf(entry), entry);
    for (const task of await tasks.many([...wanted.values()])) tell(task);
    known = now;
    return wanted.size > 0;
  };
}
