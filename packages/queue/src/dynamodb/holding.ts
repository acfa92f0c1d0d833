/**
 * What the holder of a claim, and who watches it, may do. Each is one conditional write; its guard is the table of
 * transitions and the fencing token (Q2, Q3). A holder whose write was refused looks whether it was its own write,
 * whose answer was lost, that changed the task (D2): the marks `took` and `left` tell.
 */
import {
  type Claim,
  type ClaimedTask,
  type ClaimRequest,
  type Ending,
  type EndState,
  type QueueTrigger,
  queueStatesBefore,
  queueStep,
  RunnerError,
  type SeenLease,
  type TaskOutcome,
} from "@pm/core";
import { formatTaskId, parseTaskId, type TaskIdParts } from "../shared/task-ids.ts";
import type { Condition } from "./expressions.ts";
import { partsOf, payloadKey, stateKey, taskKey } from "./keys.ts";
import { expiry } from "./lifetimes.ts";
import type { QueueParts } from "./queue-parts.ts";
import { randomMark } from "./random-mark.ts";
import { storedOutcome } from "./stored-outcome.ts";
import { isVoid, type TaskItem, toQueueTask } from "./task-item.ts";

/** What a task that nobody holds has not. */
const UNHELD = { who: undefined, beat: undefined, lease: undefined, since: undefined, took: undefined };
const PLACE_BYTES = 4_096;

export type Holding = ReturnType<typeof createHolding>;

export function createHolding({ table, clock, config, tasks }: QueueParts) {
  const from = (on: QueueTrigger): Condition => ({ attribute: "state", in: queueStatesBefore(on) });
  const heldBy = ({ workerId, fence }: Claim): Condition[] => [
    { attribute: "fence", is: fence },
    { attribute: "who", is: workerId },
  ];
  const seenAs = ({ fence, beat }: SeenLease): Condition[] => [
    { attribute: "fence", is: fence },
    { attribute: "beat", is: beat },
  ];
  const lost = ({ taskId, fence }: Claim) => new RunnerError("E412", { id: taskId, fence });

  async function current(parts: TaskIdParts): Promise<TaskItem | null> {
    const item = await tasks.find(formatTaskId(parts.groupId, parts.number));
    return item && !isVoid(item) ? item : null;
  }

  /** Attributes of a task that has ended so. */
  async function ended(parts: TaskIdParts, state: EndState, outcome: TaskOutcome) {
    const { shards } = await config();
    const now = clock.now();
    const place = stateKey(state, parts, { atMs: now.getTime(), project: "", shards });
    const waits = state === "AWAITING_APPROVAL";
    const ttl = waits ? undefined : expiry("finished", now);
    return { ...UNHELD, ...place, state, out: storedOutcome(outcome), ttl };
  }

  /** The payload of a finished task goes with it. The end stands even where this fails: then the payload outlives it. */
  async function expire(task: TaskItem): Promise<void> {
    if (task.body !== undefined) return;
    const ttl = expiry("finished", clock.now());
    const there = { attribute: "pk", exists: true } as const;
    await table.update(payloadKey(partsOf(task)), { set: { ttl }, when: [there] }).catch(() => null);
  }

  async function finish(claim: Claim, { state, outcome }: Ending): Promise<TaskItem> {
    const parts = parseTaskId(claim.taskId);
    const left = randomMark();
    let end = state;
    for (;;) {
      queueStep(claim.taskId, "RUNNING", `ended:${end}`);
      const waits = end === "AWAITING_APPROVAL";
      const task = await tasks.change(taskKey(parts), {
        set: { ...(await ended(parts, end, outcome)), left },
        when: [
          from(`ended:${end}`),
          ...heldBy(claim),
          ...(waits ? [{ attribute: "stop", exists: false } as const] : []),
        ],
      });
      const now = task ?? (await current(parts));
      if (now?.left === left) {
        if (!waits) await expire(now);
        return now;
      }
      const ours = now?.state === "RUNNING" && now.fence === claim.fence && now.who === claim.workerId;
      if (!ours) throw lost(claim);
      // A person asked for its end; then it waits for nobody.
      if (waits && now.stop) end = "CANCELLED";
    }
  }

  return {
    finish,
    expire,
    ended,

    async renew(claim: Claim): Promise<{ cancelRequested: boolean }> {
      const task = await table.update(taskKey(parseTaskId(claim.taskId)), {
        add: { beat: 1 },
        when: [from("renewed"), ...heldBy(claim)],
      });
      if (!task) throw lost(claim);
      return { cancelRequested: task.stop === true };
    },

    async bind(claim: Claim, to: { sessionId: string; place: string; project: string }): Promise<void> {
      const bytes =
        Buffer.byteLength(to.sessionId) + Buffer.byteLength(to.place) + Buffer.byteLength(to.project);
      if (bytes > PLACE_BYTES)
        throw new RunnerError("E414", { what: "The place", bytes, engine: "DynamoDB", limit: PLACE_BYTES });
      const task = await tasks.change(taskKey(parseTaskId(claim.taskId)), {
        set: { sid: to.sessionId, place: to.place, project: to.project },
        when: [from("bound"), ...heldBy(claim)],
      });
      if (!task) throw lost(claim);
    },

    async release(claim: Claim): Promise<void> {
      const parts = parseTaskId(claim.taskId);
      const { shards } = await config();
      const left = randomMark();
      const held = await current(parts);
      if (!held) throw lost(claim);
      // `bind` alone changes the project, and only the holder binds; so what was read of it holds at the write.
      const { sub: atMs, project } = held;
      const state = queueStep(claim.taskId, "RUNNING", "released");
      const task = await tasks.change(taskKey(parts), {
        set: { ...UNHELD, ...stateKey(state, parts, { atMs, project, shards }), state, left },
        when: [from("released"), ...heldBy(claim), { attribute: "project", is: project }],
      });
      if ((task ?? (await current(parts)))?.left !== left) throw lost(claim);
    },

    async takeOver(seen: SeenLease, { workerId, leaseMs }: ClaimRequest): Promise<ClaimedTask | null> {
      const parts = parseTaskId(seen.taskId);
      const took = randomMark();
      const since = clock.now().getTime();
      const changed = await tasks.change(taskKey(parts), {
        set: { who: workerId, lease: leaseMs, beat: 0, since, took },
        add: { fence: 1, deaths: 1 },
        when: [from("taken.over"), ...seenAs(seen)],
      });
      const task = changed ?? (await current(parts));
      return task?.took === took ? asClaimed(tasks, task) : null;
    },

    async giveUp(seen: SeenLease, outcome: TaskOutcome): Promise<boolean> {
      const parts = parseTaskId(seen.taskId);
      const left = randomMark();
      const changed = await tasks.change(taskKey(parts), {
        set: { ...(await ended(parts, "ERROR", outcome)), left },
        add: { deaths: 1 },
        when: [from("given.up"), ...seenAs(seen)],
      });
      const task = changed ?? (await current(parts));
      if (task?.left !== left) return false;
      await expire(task);
      return true;
    },
  };
}

/** The claim that a worker holds on a task as it is stored. */
export async function asClaimed(tasks: QueueParts["tasks"], task: TaskItem): Promise<ClaimedTask> {
  const detail = { ...toQueueTask(task), payload: await tasks.payloadOf(task) };
  return { claim: { taskId: detail.task_id, workerId: task.who ?? "", fence: task.fence }, task: detail };
}
