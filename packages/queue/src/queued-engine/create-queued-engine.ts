/**
 * The engine's own interface, with every task going through the queue: what a front end drives, so that whatever it
 * starts, continues, approves or cancels shows in every other one.
 *
 * Invariants:
 * E1 a task is in the queue, claimed, before the engine hears of it, and its final state is written by `runClaimed` only;
 * E2 what a person starts here runs here: no worker can come between submission and run;
 * E3 what only reads evidence opens no queue;
 * E4 a session that the queue does not know (an embedder's, or one older than the queue keeps) works as without a queue;
 * E5 a session of another namespace is not touched (E448).
 */
import {
  type Engine,
  type ExecutionResult,
  isRunnerError,
  newSessionId,
  RunnerError,
  type StartInput,
  type TaskQueue,
} from "@pm/core";
import { placeOf } from "../worker/place.ts";
import { parseRef } from "../worker/ref-of.ts";
import { newWorkerId } from "../worker/worker-id.ts";
import { approveQueued } from "./approve-queued.ts";
import { assertStartable } from "./assert-startable.ts";
import { cancelQueued } from "./cancel-queued.ts";
import type { Desk } from "./desk.ts";
import { isUnknown } from "./is-unknown.ts";
import { openTasksOf } from "./open-tasks-of.ts";
import { queuedStatus } from "./queued-status.ts";
import { runInOrder } from "./run-in-order.ts";
import { submitTasks } from "./submit-tasks.ts";

const LEASE_MS = 30_000;

export interface QueuedEngineOptions {
  readonly engine: Engine;
  /** Called when the queue is needed; gives the same one each time. */
  queue(): Promise<TaskQueue>;
  readonly namespace: string;
  /** The home folder of `pm`. */
  readonly home: string;
  /** Values that must never reach disk or network, such as API keys; the same as the engine's. */
  readonly secrets?: readonly string[];
}

export interface QueuedEngine extends Engine {
  /**
   * Puts tasks into the queue for a worker of the project, and does not wait for it.
   * @returns where they stand: INCOMPLETE (E442); `session_id` is the id by which they are found
   */
  submit(input: StartInput): Promise<ExecutionResult>;
}

export function createQueuedEngine(options: QueuedEngineOptions): QueuedEngine {
  const { engine, queue, namespace, home, secrets = [] } = options;
  const workerId = newWorkerId();

  async function deskAt(project: string): Promise<Desk> {
    const opened = await queue();
    const place = await placeOf(opened.engine, home, project);
    return {
      ...{ engine, queue: opened, place, workerId, leaseMs: LEASE_MS, secrets },
      monotonic: () => performance.now(),
    };
  }

  /** A ref that some embedder gave belongs to every namespace, as it does without a queue. */
  const namespaceOf = (ref: string) => parseRef(ref)?.namespace ?? namespace;

  /** @throws RunnerError E448; what else stands in the way of reading is for the call itself to say. */
  async function assertOurs(sessionId: string): Promise<void> {
    const refs = await engine.refs(sessionId).catch((error: unknown) => {
      if (isRunnerError(error)) return [];
      throw error;
    });
    const other = refs.map(({ ref }) => namespaceOf(ref)).find((name) => name !== namespace);
    if (other !== undefined)
      throw new RunnerError("E448", { id: sessionId, namespace: other, asked: namespace });
  }

  async function statusOf(id: string): Promise<ExecutionResult> {
    await assertOurs(id);
    try {
      return await engine.status(id);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return queuedStatus(await queue(), id, error);
    }
  }

  const ours =
    <Rest extends unknown[], Answer>(call: (sessionId: string, ...rest: Rest) => Promise<Answer>) =>
    async (sessionId: string, ...rest: Rest): Promise<Answer> => {
      await assertOurs(sessionId);
      return call(sessionId, ...rest);
    };

  return {
    ...engine,
    status: statusOf,
    approvalView: ours(engine.approvalView),
    verify: ours(engine.verify),
    logs: ours(engine.logs),
    artifact: ours(engine.artifact),

    async sessions(project) {
      const all = await engine.sessions(project);
      return all.filter(({ refs }) => refs.every((ref) => namespaceOf(ref) === namespace));
    },

    async start(input) {
      if (input.tasks.length === 0) return engine.start(input);
      await assertStartable(input);
      const desk = await deskAt(input.project);
      const groupId = input.sessionId ?? newSessionId();
      const to = { groupId, project: desk.place.ownKey, claim: true };
      return runInOrder(desk, await submitTasks(desk, input, to), input);
    },

    async submit(input) {
      await assertStartable(input);
      const desk = await deskAt(input.project);
      const groupId = input.sessionId ?? newSessionId();
      await submitTasks(desk, input, { groupId, project: desk.place.sharedKey, claim: false });
      return statusOf(groupId);
    },

    async continueSession(input) {
      const { sessionId, tasks = [] } = input;
      await assertOurs(sessionId);
      // What stands in the way is said before anything is claimed or submitted.
      const { project } = await engine.continuable(sessionId, tasks);
      const hasRefs = (await engine.refs(sessionId)).length > 0;
      if (!hasRefs && tasks.length === 0) return engine.continueSession(input);
      const desk = await deskAt(project);
      const open = await openTasksOf(desk, sessionId);
      if (open.tasks.length === 0 && tasks.length === 0) return engine.continueSession(input);
      const to = { groupId: open.groupId, project: desk.place.ownKey, claim: open.tasks.length === 0 };
      const added = await submitTasks(desk, { tasks }, to);
      const waiting = open.tasks.map((task) => ({ task, claim: null }));
      return runInOrder(desk, [...waiting, ...added], input, sessionId);
    },

    async approve(input) {
      await assertOurs(input.sessionId);
      const result = await engine.approve(input);
      await approveQueued(engine, queue, input.sessionId);
      return result;
    },

    async cancel(id) {
      await assertOurs(id);
      return cancelQueued({ engine, queue, workerId, leaseMs: LEASE_MS }, id, statusOf);
    },
  };
}
