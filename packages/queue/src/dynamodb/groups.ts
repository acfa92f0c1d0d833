import { type Clock, type Page, type PageRequest, type QueueGroup, RunnerError } from "@pm/core";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../shared/cursor.ts";
import { pageLimit } from "../shared/page-limit.ts";
import { parseGroupId } from "../shared/task-ids.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { groupKey, groupMonth } from "./keys.ts";
import { parseItem } from "./parse-item.ts";
import type { TableConfig } from "./table-config.ts";

const metaSchema = z.object({ pk: z.string(), gsk: z.string(), next: z.int().nonnegative().optional() });
const entrySchema = z.object({ pk: z.string(), sk: z.string(), gpk: z.string(), gsk: z.string() });
const cursorSchema = z.strictObject({
  list: z.literal("groups"),
  month: z.string().regex(/^GROUPS#\d{6}$/),
  after: entrySchema.nullable(),
});

export type Groups = ReturnType<typeof createGroups>;

/** Task groups: one item each, which also gives out the numbers of its tasks. */
export function createGroups(table: DynamoTable, clock: Clock, config: () => Promise<TableConfig>) {
  /** Makes the group where it is new. @returns its item as it is after `numbers` were taken */
  async function touch(groupId: string, numbers: number): Promise<z.infer<typeof metaSchema>> {
    const now = clock.now();
    const { created_ms } = await config();
    const item = await table.update(groupKey(groupId), {
      // A clock that is behind must not put the group where nobody looks.
      setOnce: { gpk: groupMonth(new Date(Math.max(now.getTime(), created_ms))), gsk: now.toISOString() },
      ...(numbers > 0 && { add: { next: numbers } }),
    });
    return parseItem(table.name, metaSchema, item);
  }

  return {
    async create(groupId: string): Promise<QueueGroup> {
      const { gsk } = await touch(parseGroupId(groupId), 0);
      return { group_id: groupId, created_at: gsk };
    },

    /** The next number of the group's tasks, in the order in which they arrive here, whatever clocks say. */
    async takeNumber(groupId: string): Promise<number> {
      const { next } = await touch(groupId, 1);
      return next ?? 1;
    },

    async exists(groupId: string): Promise<boolean> {
      return (await table.get(groupKey(groupId))) !== null;
    },

    async list({ cursor, limit }: PageRequest = {}): Promise<Page<QueueGroup>> {
      const wanted = pageLimit(limit);
      const { created_ms } = await config();
      const first = groupMonth(new Date(created_ms));
      const at = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema);
      const last = latestMonth(Math.max(clock.now().getTime(), created_ms));
      const strange = at && (at.month > last || (at.after && at.after.gpk !== at.month));
      if (strange) throw new RunnerError("E416", { value: (cursor ?? "").slice(0, 100) });
      let month = at?.month ?? last;
      let after: Item | undefined = at?.after ?? undefined;
      const items: QueueGroup[] = [];
      while (month >= first) {
        const page = await table.query({
          index: "byGroup",
          partition: month,
          newestFirst: true,
          limit: wanted - items.length,
          after,
        });
        for (const item of page.items) {
          const { pk, gsk } = parseItem(table.name, entrySchema, item);
          items.push({ group_id: pk.slice("G#".length), created_at: gsk });
        }
        after = page.next;
        if (after === undefined) month = monthBefore(month);
        if (items.length === wanted) break;
      }
      const more = month >= first;
      return {
        items,
        next_cursor: more ? encodeCursor({ list: "groups", month, after: after ?? null }) : null,
      };
    },
  };
}

/** The month after the given time's, since clocks of submitters may be ahead of ours. */
function latestMonth(nowMs: number): string {
  const now = new Date(nowMs);
  return groupMonth(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)));
}

function monthBefore(month: string): string {
  const [, year = "", number = ""] = /(\d{4})(\d{2})$/.exec(month) ?? [];
  return groupMonth(new Date(Date.UTC(Number(year), Number(number) - 2, 1)));
}
