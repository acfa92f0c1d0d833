/**
 * Submission: number, idempotency key, payload, task, in this order; the task is what makes it count.
 *
 * S1 What is on the way is invisible until the task itself is stored, which is one conditional write.
 * S2 A submission that died between the key and the task is completed by the next one with that key: its digest says that
 *    the task is the same.
 * S3 A number made VOID meanwhile (see group-order.ts) is given up for a new one.
 */
import { type Claim, RunnerError, type Submission, type Submitted } from "@pm/core";
import * as z from "zod";
import { payloadDigest } from "../shared/payload-digest.ts";
import { summaryOf } from "../shared/summary-of.ts";
import { formatTaskId, parseGroupId, parseTaskId } from "../shared/task-ids.ts";
import type { Item } from "./item.ts";
import { itemSize } from "./item-size.ts";
import { idempotencyKey as keyOf, payloadKey, stateKey, taskKey } from "./keys.ts";
import { expiry } from "./lifetimes.ts";
import { parseItem } from "./parse-item.ts";
import { type PayloadBody, packPayload } from "./payload-body.ts";
import type { QueueParts } from "./queue-parts.ts";
import { randomMark } from "./random-mark.ts";
import { isVoid, type TaskItem, toQueueTask } from "./task-item.ts";

const KEY_LENGTH = 200;
const PROJECT_BYTES = 4_096;
// A claim adds about this; with it the task is still within 1 KB, so that its payload costs nothing extra.
const INLINE_BYTES = 1_024 - 100;

const keyItemSchema = z.object({ task: z.string(), digest: z.string() });

export function createSubmit({ table, clock, config, groups, order, tasks }: QueueParts) {
  const absent = [{ attribute: "pk", exists: false }] as const;

  /** Stores the task. @returns it, also where another submission with the same key did, or null where its number is VOID */
  async function store(
    given: Submission,
    body: PayloadBody,
    number: number,
    made: string,
  ): Promise<TaskItem | null> {
    const { groupId, project, payload, claim } = given;
    const parts = { groupId, number };
    const free = claim ? await order.standing(parts) : null;
    const claimed = claim && free?.kind === "free";
    const state = claimed ? "RUNNING" : "QUEUED";
    const now = clock.now();
    const { shards } = await config();
    const atMs = now.getTime();
    const task: TaskItem & Item = {
      ...taskKey(parts),
      ...stateKey(state, parts, { atMs, project, shards }),
      state,
      project,
      sub: atMs,
      upd: atMs,
      ver: 1,
      made,
      fence: claimed ? 1 : 0,
      deaths: 0,
      ...(claimed && { who: claim.workerId, lease: claim.leaseMs, beat: 0, since: atMs, took: made }),
    };
    if (itemSize({ ...task, body }) <= INLINE_BYTES) task.body = body;
    else {
      task.sum = summaryOf(payload.prompt);
      await table.put({ ...payloadKey(parts), body });
    }
    if (await table.put(task, absent)) {
      tasks.heard(task);
      if (claimed) await order.markSettled(parts, free.vouched);
      return task;
    }
    const other = await tasks.find(formatTaskId(groupId, number));
    if (other && !isVoid(other)) return other;
    // S3; the payload stays for ever where this fails, and harms nobody.
    if (task.body === undefined) await table.remove(payloadKey(parts)).catch(() => {});
    return null;
  }

  function answer(given: Submission, task: TaskItem, made: string): Submitted {
    const { payload, claim } = given;
    const created = task.made === made;
    const shown = toQueueTask(task);
    const got: Claim | null =
      claim && created && task.took === made
        ? { taskId: shown.task_id, workerId: claim.workerId, fence: 1 }
        : null;
    return { task: { ...shown, payload }, created, claim: got };
  }

  return async function submit(given: Submission): Promise<Submitted> {
    const { groupId, project, payload, idempotencyKey } = given;
    parseGroupId(groupId);
    assertLength("The idempotency key", idempotencyKey?.length ?? 0, KEY_LENGTH);
    assertLength("The project", Buffer.byteLength(project), PROJECT_BYTES);
    const body = packPayload(groupId, payload);
    const made = randomMark();
    if (idempotencyKey === undefined) {
      for (;;) {
        const task = await store(given, body, await groups.takeNumber(groupId), made);
        if (task) return answer(given, task, made);
      }
    }

    const digest = payloadDigest(groupId, project, payload);
    const key = keyOf(idempotencyKey);
    const known = await table.get(key, false);
    if (!known) {
      const number = await groups.takeNumber(groupId);
      const ttl = expiry("idempotencyKey", clock.now());
      const ours = { ...key, task: formatTaskId(groupId, number), digest, made, ttl };
      const task = (await table.put(ours, absent)) ? await store(given, body, number, made) : null;
      if (task) return answer(given, task, made);
    }
    for (;;) {
      const { task: taskId, ...bound } = parseItem(table.name, keyItemSchema, await table.get(key));
      if (bound.digest !== digest) throw new RunnerError("E415", { key: idempotencyKey, id: taskId });
      const stored = await tasks.find(taskId);
      // S2; store() finds out whether it was done meanwhile.
      const task = stored ?? (await store(given, body, parseTaskId(taskId).number, made));
      if (task && !isVoid(task)) return answer(given, task, made);
      const next = formatTaskId(groupId, await groups.takeNumber(groupId));
      await table.update(key, { set: { task: next }, when: [{ attribute: "task", is: taskId }] });
    }
  };
}

/** @throws RunnerError E414 */
function assertLength(what: string, bytes: number, limit: number): void {
  if (bytes > limit) throw new RunnerError("E414", { what, bytes, engine: "DynamoDB", limit });
}
