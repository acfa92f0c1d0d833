import type { Page, PageRequest } from "@pm/core";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../src/shared/cursor.ts";
import { pageLimit } from "../../src/shared/page-limit.ts";

/**
 * @param items in the order of growing `position`. @param list a cursor of another list is refused.
 * @throws RunnerError E416
 */
export function pageOf<T>(
  items: readonly T[],
  list: string,
  position: (item: T) => number,
  { cursor, limit }: PageRequest = {},
): Page<T> {
  const schema = z.strictObject({ list: z.literal(list), after: z.int() });
  const after = cursor === undefined ? Number.NEGATIVE_INFINITY : decodeCursor(cursor, schema).after;
  const rest = items.filter((item) => position(item) > after);
  const shown = rest.slice(0, pageLimit(limit));
  const last = shown.at(-1);
  const more = last !== undefined && rest.length > shown.length;
  return { items: shown, next_cursor: more ? encodeCursor({ list, after: position(last) }) : null };
}
