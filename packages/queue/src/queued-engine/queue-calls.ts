/**
 * Those calls of the queued engine that need the queue. They are loaded when one is first used: most calls of a front end
 * only read evidence, and a command such as `pm status` shall not pay for what runs tasks.
 */
import { createHash } from "node:crypto";
import { type Engine, type ExecutionResult, newSessionId } from "@pm/core";
import { LEASE_MS } from "../worker/hold-lease.ts";
import { placeOf } from "../worker/place.ts";
import { newWorkerId } from "../worker/worker-id.ts";
import { approveQueued } from "./approve-queued.ts";
import { assertStartable } from "./assert-startable.ts";
import { cancelQueued } from "./cancel-queued.ts";
import type { QueuedEngine, QueuedEngineOptions } from "./create-queued-engine.ts";
import type { Desk } from "./desk.ts";
import { openTasksOf } from "./open-tasks-of.ts";
import { queuedStatus } from "./queued-status.ts";
import { runInOrder } from "./run-in-order.ts";
import { submitTasks } from "./submit-tasks.ts";

export interface QueueCalls
  extends Pick<QueuedEngine, "start" | "submit" | "enqueue" | "continueSession" | "approve"> {
  cancel(id: string): Promise<ExecutionResult>;
  /** What the queue knows of an id. @param unknown thrown where it knows nothing of it either */
  statusInQueue(id: string, unknown: unknown): Promise<ExecutionResult>;
  /** The status of a session without tasks: where those that were to run in it are in the queue still, with them. */
  withQueuedTasks(result: ExecutionResult): Promise<ExecutionResult>;
}

/** @param statusOf the status of a session, else what the queue knows of the id */
export function createQueueCalls(
  { engine, queue, home, secrets = [] }: QueuedEngineOptions,
  statusOf: Engine["status"],
): QueueCalls {
  const workerId = newWorkerId();

  async function deskAt(project: string): Promise<Desk> {
    const opened = await queue();
    const place = await placeOf(opened.engine, home, project);
    return {
      ...{ engine, queue: opened, place, workerId, leaseMs: LEASE_MS, secrets },
      monotonic: () => performance.now(),
    };
  }

  async function enqueue({
    here = false,
    idempotencyKey: key,
    ...input
  }: Parameters<QueuedEngine["enqueue"]>[0]) {
    await assertStartable(home, input);
    const desk = await deskAt(input.project);
    const groupId = input.sessionId ?? (key === undefined ? newSessionId() : sessionIdOf(key));
    const project = here ? desk.place.ownKey : desk.place.sharedKey;
    const to = { groupId, project, claim: false, ...(key !== undefined && { idempotencyKey: key }) };
    return (await submitTasks(desk, input, to)).map(({ task }) => task);
  }

  return {
    statusInQueue: async (id, unknown) => queuedStatus(await queue(), id, unknown),

    async withQueuedTasks(result) {
      const id = result.session_id;
      const opened = await queue();
      const open = await openTasksOf({ engine, queue: opened }, id);
      if (open.tasks.length === 0) return result;
      const { tasks, violations } = await queuedStatus(opened, id, null);
      return { ...result, tasks, violations, next_action: `pm continue ${id}` };
    },

    async start(input) {
      await assertStartable(home, input);
      const desk = await deskAt(input.project);
      const groupId = input.sessionId ?? newSessionId();
      const to = { groupId, project: desk.place.ownKey, claim: true };
      return runInOrder(desk, await submitTasks(desk, input, to), input);
    },

    async submit(input) {
      const [first] = await enqueue(input);
      return statusOf(first?.group_id ?? "");
    },
    enqueue,

    async continueSession(input) {
      const { sessionId, tasks = [] } = input;
      // What stands in the way is said before anything is claimed or submitted.
      const { project } = await engine.continuable(sessionId, tasks);
      const desk = await deskAt(project);
      const open = await openTasksOf(desk, sessionId);
      if (open.tasks.length === 0 && tasks.length === 0) return engine.continueSession(input);
      const to = { groupId: open.groupId, project: desk.place.ownKey, claim: open.tasks.length === 0 };
      const added = await submitTasks(desk, { tasks }, to);
      const waiting = open.tasks.map((task) => ({ task, claim: null }));
      return runInOrder(desk, [...waiting, ...added], input, sessionId);
    },

    async approve({ requeue = true, ...input }) {
      const result = await engine.approve(input);
      if (requeue) await approveQueued(engine, queue, input.sessionId);
      return result;
    },

    cancel: (id) => cancelQueued({ engine, queue, workerId, leaseMs: LEASE_MS }, id, statusOf),
  };
}

/** Who comes again under a key has to find the group that it made. */
const sessionIdOf = (key: string) => `session-${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;
