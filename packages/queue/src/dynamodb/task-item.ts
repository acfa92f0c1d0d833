/**
 * A task as it is stored. Short names, since an item is billed by the kilobyte and every one of its updates bills it whole.
 *
 * A number that was given out and then passed over, because a later task of its group was claimed before it was stored, is
 * VOID: whoever tries to store it finds out and takes another.
 */
import { type QueueTask, TASK_STATES } from "@pm/core";
import * as z from "zod";
import { summaryOf } from "../shared/summary-of.ts";
import { formatTaskId, type TaskIdParts } from "../shared/task-ids.ts";
import type { Item } from "./item.ts";
import { partsOf, taskKey } from "./keys.ts";
import { parseItem } from "./parse-item.ts";
import { unpackPayload } from "./payload-body.ts";
import { shownOutcome, storedOutcomeSchema } from "./stored-outcome.ts";

const ms = z.int();
const bodySchema = z.union([z.string(), z.instanceof(Uint8Array)]);

export const taskItemSchema = z.object({
  pk: z.string().startsWith("G#"),
  sk: z.string().startsWith("T#"),
  state: z.enum(TASK_STATES),
  project: z.string(),
  /** Submission and last change, in milliseconds of the clock of whoever wrote. */
  sub: ms,
  upd: ms,
  /** Grows with every write but a renewal. */
  ver: z.int().positive(),
  /**
   * Random marks of the writes that stored it, that last claimed it, by which its last holder left it, and by which a
   * person last decided: how each knows its own work again (D2), whatever the others did since.
   */
  made: z.string(),
  took: z.string().optional(),
  left: z.string().optional(),
  said: z.string().optional(),
  /** The payload, or else the summary of the one that is an item of its own. */
  body: bodySchema.optional(),
  sum: z.string().optional(),
  sid: z.string().optional(),
  place: z.string().optional(),
  /** Who holds it, while RUNNING. */
  who: z.string().optional(),
  beat: z.int().nonnegative().optional(),
  lease: z.int().positive().optional(),
  since: ms.optional(),
  fence: z.int().nonnegative(),
  deaths: z.int().nonnegative().default(0),
  stop: z.literal(true).optional(),
  out: storedOutcomeSchema.optional(),
});
export type TaskItem = z.infer<typeof taskItemSchema>;

const voidSchema = z.object({ pk: z.string(), sk: z.string(), state: z.literal("VOID") });
export type VoidItem = z.infer<typeof voidSchema>;
export const payloadItemSchema = z.object({ body: bodySchema });

const storedSchema = z.union([taskItemSchema, voidSchema]);

/** @throws RunnerError E435 for what is no task item */
export const parseTaskItem = (table: string, item: Item): TaskItem | VoidItem =>
  parseItem(table, storedSchema, item);

export const isVoid = (item: TaskItem | VoidItem): item is VoidItem => item.state === "VOID";

export function voidItem(parts: TaskIdParts): VoidItem {
  return { ...taskKey(parts), state: "VOID" };
}

const iso = (at: number) => new Date(at).toISOString();

/** @throws RunnerError E435 where its payload can't be read */
export function toQueueTask(item: TaskItem): QueueTask {
  const { groupId, number } = partsOf(item);
  const { who, beat = 0, lease, since, sid, place, out } = item;
  const held = item.state === "RUNNING" && who !== undefined && lease !== undefined && since !== undefined;
  return {
    task_id: formatTaskId(groupId, number),
    group_id: groupId,
    state: item.state,
    project: item.project,
    summary: item.sum ?? (item.body === undefined ? "" : summaryOf(unpackPayload(item.body).prompt)),
    submitted_at: iso(item.sub),
    updated_at: iso(item.upd),
    session: sid === undefined || place === undefined ? null : { session_id: sid, place },
    claim: held ? { worker_id: who, fence: item.fence, beat, lease_ms: lease, claimed_at: iso(since) } : null,
    fence: item.fence,
    deaths: item.deaths,
    cancel_requested: item.stop === true,
    outcome: out ? shownOutcome(out) : null,
  };
}

export const taskIdOf = (item: TaskItem | VoidItem): string => {
  const { groupId, number } = partsOf(item);
  return formatTaskId(groupId, number);
};
