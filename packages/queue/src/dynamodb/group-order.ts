/**
 * The order within a group (Q5): whether the earlier tasks of one are all finished.
 *
 * Owns nothing. Talks to the table by consistent reads; the indexes, which lag, are never asked.
 * O1 When a task is claimed for the first time, every lower number is finished for good or VOID. So whoever looks back may
 *    stop at the first finished task that was ever claimed: it vouches for all before it.
 * O2 A number that was given out but not stored yet is made VOID by whoever passes over it, so that it can't turn up later
 *    as an earlier task that is open. Its submitter, who has had no answer yet, takes another number.
 * O3 Once free, a task stays free: finished is for ever, and by O2 nothing comes in between. So no lock is needed between
 *    this look and the write that claims.
 * O4 The group's `settled` is a number below which O1 holds; it bounds the look back once old tasks have expired.
 */
import { type Clock, isFinal } from "@pm/core";
import * as z from "zod";
import type { TaskIdParts } from "../shared/task-ids.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { groupKey, partsOf, taskSort } from "./keys.ts";
import { expiry } from "./lifetimes.ts";
import { parseItem } from "./parse-item.ts";
import { isVoid, parseTaskItem, type TaskItem, type VoidItem, voidItem } from "./task-item.ts";

export type Standing =
  | { readonly kind: "free"; readonly self: TaskItem | VoidItem | null; readonly vouched: boolean }
  | { readonly kind: "blocked"; readonly self: TaskItem | VoidItem | null; readonly by: TaskItem };

const FIRST_PAGE = 4;
const PAGE = 50;
const MARK_EVERY = 16;
const PLUGS_AT_ONCE = 10;
const settledSchema = z.object({ settled: z.int().nonnegative().default(0) });

export type GroupOrder = ReturnType<typeof createGroupOrder>;

export function createGroupOrder(table: DynamoTable, clock: Clock) {
  interface Look {
    readonly self: TaskItem | VoidItem | null;
    readonly blocker: TaskItem | null;
    readonly gaps: readonly number[];
    readonly vouched: boolean;
  }

  async function lookBack({ groupId, number }: TaskIdParts): Promise<Look> {
    const { pk } = groupKey(groupId);
    const gaps: number[] = [];
    let self: Look["self"] = null;
    let expected = number;
    let after: Item | undefined;
    do {
      const page = await table.query({
        partition: pk,
        between: [taskSort(1), taskSort(number)],
        newestFirst: true,
        consistent: true,
        limit: after ? PAGE : FIRST_PAGE,
        after,
      });
      for (const item of page.items.map((each) => parseTaskItem(table.name, each))) {
        const at = partsOf(item).number;
        if (at === number) self = item;
        for (; expected > at; expected--) if (expected !== number) gaps.push(expected);
        expected = at - 1;
        if (isVoid(item)) continue;
        // Its own first claim was after such a look.
        if (at === number && item.fence > 0) return { self, blocker: null, gaps: [], vouched: true };
        if (at === number) continue;
        if (!isFinal(item.state)) return { self, blocker: item, gaps: [], vouched: false };
        if (item.fence > 0) return { self, blocker: null, gaps, vouched: true };
      }
      after = page.next;
    } while (after);
    if (expected === 0) return { self, blocker: null, gaps, vouched: false };
    const { settled } = parseItem(table.name, settledSchema, (await table.get(groupKey(groupId))) ?? {});
    for (; expected > settled; expected--) if (expected !== number) gaps.push(expected);
    return { self, blocker: null, gaps, vouched: false };
  }

  /** O2. @returns false where one of them has turned up meanwhile */
  async function plug(groupId: string, gaps: readonly number[]): Promise<boolean> {
    let all = true;
    for (let from = 0; from < gaps.length; from += PLUGS_AT_ONCE) {
      const some = gaps.slice(from, from + PLUGS_AT_ONCE);
      const put = await Promise.all(
        some.map((number) => {
          const item = { ...voidItem({ groupId, number }), ttl: expiry("finished", clock.now()) };
          return table.put(item, [{ attribute: "pk", exists: false }]);
        }),
      );
      all &&= put.every(Boolean);
    }
    return all;
  }

  return {
    /** Whether a task may be claimed as far as its group is concerned; `self` is the task as it is stored. */
    async standing(parts: TaskIdParts): Promise<Standing> {
      for (;;) {
        const { self, blocker, gaps, vouched } = await lookBack(parts);
        if (blocker) return { kind: "blocked", self, by: blocker };
        if (await plug(parts.groupId, gaps)) return { kind: "free", self, vouched };
      }
    },

    /** To be called after a first claim. O4 */
    async markSettled({ groupId, number }: TaskIdParts, vouched: boolean): Promise<void> {
      const due = number % MARK_EVERY === 0 || (!vouched && number > MARK_EVERY);
      if (!due) return;
      // The task is claimed; that the next look back is longer is no reason to deny it.
      await table.update(groupKey(groupId), { set: { settled: number } }).catch(() => null);
    },
  };
}
