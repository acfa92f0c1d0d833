import { isFinal } from "@pm/core";
import type { Item } from "./item.ts";
import { groupKey, type Key, partsOf, taskSort } from "./keys.ts";
import type { QueueParts } from "./queue-parts.ts";
import { isVoid, parseTaskItem, type TaskItem } from "./task-item.ts";

const PAGE = 25;
const LAST_NUMBER = 999_999_999_999;

/**
 * Looks for changes of the tasks of one group. Tasks run in order, so all that are open are the newest ones: it reads back
 * to the first finished one that was ever claimed (O1), and at least to what it saw last time. @returns one look
 */
export function watchGroup(
  { table, tasks }: QueueParts,
  groupId: string,
): (tell: (task: TaskItem) => void) => Promise<boolean> {
  const { pk } = groupKey(groupId);
  let open = new Map<string, Key>();
  let highest: number | undefined;

  return async (tell) => {
    const nowOpen: typeof open = new Map();
    const seen = new Set<string>();
    const known = highest;
    let after: Item | undefined;
    reading: do {
      const page = await table.query({
        partition: pk,
        between: [taskSort(1), taskSort(LAST_NUMBER)],
        newestFirst: true,
        limit: PAGE,
        after,
      });
      for (const item of page.items.map((each) => parseTaskItem(table.name, each))) {
        if (isVoid(item)) continue;
        const { number } = partsOf(item);
        highest = Math.max(highest ?? 0, number);
        const final = isFinal(item.state);
        seen.add(item.sk);
        if (!final) nowOpen.set(item.sk, item);
        // What was finished when the watch began is no news.
        if (!final || (known !== undefined && number > known) || open.has(item.sk)) tell(item);
        if (final && item.fence > 0 && number <= (known ?? number)) break reading;
      }
      after = page.next;
    } while (after);
    highest ??= 0;
    const ended = [...open.values()].filter(({ sk }) => !seen.has(sk));
    for (const task of await tasks.many(ended)) {
      tell(task);
      if (!isFinal(task.state)) nowOpen.set(task.sk, task);
    }
    open = nowOpen;
    return open.size > 0 || ended.length > 0;
  };
}
