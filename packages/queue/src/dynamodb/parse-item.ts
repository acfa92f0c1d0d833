import { RunnerError } from "@pm/core";
import type * as z from "zod";
import type { Item } from "./item.ts";

/** What was read from the table, as what it should be. @throws RunnerError E435 for what is not ours */
export function parseItem<T>(table: string, schema: z.ZodType<T>, item: Item | null | undefined): T {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const reason = `the item ${String(item?.pk)} / ${String(item?.sk)} is not one of ours`;
  throw new RunnerError("E435", { action: "Reading", table, reason }, parsed.error);
}
