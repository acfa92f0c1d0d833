/**
 * The engine's own interface, with every task going through the queue: what a front end drives, so that whatever it
 * starts, continues, approves or cancels shows in every other one.
 *
 * Invariants:
 * E1 a task is in the queue, claimed, before the engine hears of it, and its final state is written by `runClaimed` only;
 * E2 what a person starts here runs here: no worker can come between submission and run;
 * E3 what only reads evidence opens no queue, but for a session that has no task yet;
 * E4 a session that the queue does not know (an embedder's, or one older than the queue keeps) works as without a queue;
 * E5 a session of another namespace is not touched (E448).
 */
import {
  type Engine,
  type ExecutionResult,
  isRunnerError,
  type QueueTask,
  RunnerError,
  type StartInput,
  type TaskQueue,
} from "@pm/core";
import { parseRef } from "../worker/ref-of.ts";
import { isUnknown } from "./is-unknown.ts";
import type { QueueCalls } from "./queue-calls.ts";

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
  /**
   * The same, for whoever follows the queue itself. The tasks go into the group `sessionId`, and so into that session where it
   * can take more; with `here` only a worker of this very folder gets them. The same tasks under the same `idempotencyKey` are
   * put there once (E415 where they differ); without a `sessionId` the key names the group too.
   */
  enqueue(
    input: StartInput & { readonly here?: boolean; readonly idempotencyKey?: string },
  ): Promise<readonly QueueTask[]>;
  /** With `requeue: false` the task waits for `continueSession`; else any worker may go on with it. */
  approve(input: Parameters<Engine["approve"]>[0] & { readonly requeue?: boolean }): Promise<ExecutionResult>;
}

/** It has no task, and nobody is at it. */
const isWaiting = ({ overall_status, tasks, violations }: ExecutionResult) =>
  overall_status === "INCOMPLETE" && tasks.length === 0 && !violations.some(({ code }) => code === "E401");

export function createQueuedEngine(options: QueuedEngineOptions): QueuedEngine {
  const { engine, namespace } = options;
  let loaded: Promise<QueueCalls> | undefined;
  const calls = () => {
    loaded ??= import("./queue-calls.ts").then(({ createQueueCalls }) => createQueueCalls(options, statusOf));
    return loaded;
  };

  /** A ref that some embedder gave belongs to every namespace, as it does without a queue. */
  const namespaceOf = (ref: string) => parseRef(ref)?.namespace ?? namespace;

  /** Sessions with a task of this namespace's queue: they get none of another one (E5), so who follows one asks once. */
  const known = new Set<string>();

  /** @throws RunnerError E448; what else stands in the way of reading is for the call itself to say. */
  async function assertOurs(sessionId: string): Promise<void> {
    if (known.has(sessionId)) return;
    const refs = await engine.refs(sessionId).catch((error: unknown) => {
      if (isRunnerError(error)) return [];
      throw error;
    });
    const other = refs.map(({ ref }) => namespaceOf(ref)).find((name) => name !== namespace);
    if (other !== undefined)
      throw new RunnerError("E448", { id: sessionId, namespace: other, asked: namespace });
    if (refs.some(({ ref }) => parseRef(ref)?.namespace === namespace)) known.add(sessionId);
  }

  async function statusOf(id: string): Promise<ExecutionResult> {
    await assertOurs(id);
    try {
      const result = await engine.status(id);
      return isWaiting(result) ? await (await calls()).withQueuedTasks(result) : result;
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return (await calls()).statusInQueue(id, error);
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
    exportSession: ours(engine.exportSession),
    logs: ours(engine.logs),
    artifact: ours(engine.artifact),
    taskView: ours(engine.taskView),
    journal: ours(engine.journal),
    evidence: ours(engine.evidence),
    agentSteps: ours(engine.agentSteps),

    async restoreProject(input) {
      await assertOurs(input.sessionId);
      return engine.restoreProject(input);
    },

    async sessions(project) {
      const all = await engine.sessions(project);
      return all.filter(({ refs }) => refs.every((ref) => namespaceOf(ref) === namespace));
    },

    async start(input) {
      if (input.sessionId !== undefined) await assertOurs(input.sessionId);
      return (input.tasks.length === 0 ? engine : await calls()).start(input);
    },

    async submit(input) {
      if (input.sessionId !== undefined) await assertOurs(input.sessionId);
      return (await calls()).submit(input);
    },

    async enqueue(input) {
      if (input.sessionId !== undefined) await assertOurs(input.sessionId);
      return (await calls()).enqueue(input);
    },

    async continueSession(input) {
      await assertOurs(input.sessionId);
      return (await calls()).continueSession(input);
    },

    async approve(input) {
      await assertOurs(input.sessionId);
      return (await calls()).approve(input);
    },

    async cancel(id) {
      await assertOurs(id);
      return (await calls()).cancel(id);
    },
  };
}
