/**
 * Keys of the one table of a namespace. Two indexes, both KEYS_ONLY:
 * `byState` (spk, ssk) has every task, `byGroup` (gpk, gsk) every group by the month it was made in.
 *
 * | item | pk | sk |
 * |---|---|---|
 * | configuration | CONFIG | CONFIG |
 * | group | G#<group> | META |
 * | task | G#<group> | T#<number> |
 * | payload that would make its task larger than 1 KB | G#<group> | P#<number> |
 * | idempotency key | K#<sha256> | K |
 * | worker | WORKERS | W#<worker> |
 */
import { createHash } from "node:crypto";
import type { QueueState } from "@pm/core";
import type { TaskIdParts } from "../shared/task-ids.ts";

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Where a task stands in `byState`. */
export interface StateKey {
  readonly spk: string;
  readonly ssk: string;
}

const NUMBER_DIGITS = 12;
const TIME_DIGITS = 13;
const PROJECT_LENGTH = 22;
const padded = (number: number) => String(number).padStart(NUMBER_DIGITS, "0");

export const CONFIG_KEY: Key = { pk: "CONFIG", sk: "CONFIG" };
export const WORKERS = "WORKERS";

export const groupKey = (groupId: string): Key => ({ pk: `G#${groupId}`, sk: "META" });
export const taskSort = (number: number): string => `T#${padded(number)}`;
export const taskKey = ({ groupId, number }: TaskIdParts): Key => ({
  pk: `G#${groupId}`,
  sk: taskSort(number),
});
export const payloadKey = ({ groupId, number }: TaskIdParts): Key => ({
  pk: `G#${groupId}`,
  sk: `P#${padded(number)}`,
});
export const workerKey = (workerId: string): Key => ({ pk: WORKERS, sk: `W#${workerId}` });
/** Spread over partitions by its hash, which also bounds its length. */
export const idempotencyKey = (key: string): Key => ({ pk: `K#${sha256(key, "hex")}`, sk: "K" });

/** @returns whose the key of a task is. */
export function partsOf({ pk, sk }: Key): TaskIdParts {
  return { groupId: pk.slice("G#".length), number: Number(sk.slice("T#".length)) };
}

/** A group lies in one shard: its tasks run one at a time, so it never needs more, and a claim sees its head. */
export function shardOf(groupId: string, shards: number): number {
  return createHash("sha256").update(groupId).digest().readUInt32BE(0) % shards;
}

const LETTERS = { QUEUED: "Q", RUNNING: "R", AWAITING_APPROVAL: "A" } as const;

/** The partition of `byState` that holds the tasks of one state and shard. */
export function statePartition(state: QueueState, shard: number): string {
  const open = (LETTERS as Partial<Record<QueueState, string>>)[state];
  return `${open ?? `F#${state}`}#${shard}`;
}

/** Projects are anybody's text: their hash has a fixed length and no '#'. */
export const projectPrefix = (project: string): string =>
  `${sha256(project, "base64url").slice(0, PROJECT_LENGTH)}#`;

/** @param atMs submission of an open task, end of a finished one */
export function stateKey(
  state: QueueState,
  { groupId, number }: TaskIdParts,
  at: { readonly atMs: number; readonly project: string; readonly shards: number },
): StateKey {
  const order = `${String(at.atMs).padStart(TIME_DIGITS, "0")}#${groupId}.${padded(number)}`;
  return {
    spk: statePartition(state, shardOf(groupId, at.shards)),
    // Only waiting tasks are looked for by project; elsewhere `bind` would have to pay for moving the entry.
    ssk: state === "QUEUED" ? projectPrefix(at.project) + order : order,
  };
}

/** The part of an entry's sort key that tells its place in time, the same for every state. */
export function orderOf(state: QueueState, ssk: string): string {
  return state === "QUEUED" ? ssk.slice(PROJECT_LENGTH + 1) : ssk;
}

export const timeOf = (order: string): number => Number(order.slice(0, TIME_DIGITS));

export const groupMonth = (at: Date): string => `GROUPS#${at.toISOString().slice(0, 7).replace("-", "")}`;

function sha256(text: string, encoding: "hex" | "base64url"): string {
  return createHash("sha256").update(text).digest(encoding);
}
