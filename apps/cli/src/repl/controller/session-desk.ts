/**
 * Owns which session typed tasks go into, and the run of `/continue` in this process. Talks to the queued engine, and to the
 * board about what it has begun.
 *
 * Invariants:
 * S1 a task is in the queue before `submit` resolves (R2 of the controller);
 * S2 a session is continued at most once at a time here.
 */
import { existsSync } from "node:fs";
import {
  assertSessionOf,
  type EngineEvent,
  type ExecutionResult,
  newSessionId,
  type QueueTask,
  RunnerError,
} from "@pm/core";
import type { QueuedEngine } from "@pm/queue";
import type { ReplChoice } from "./repl-setup.ts";
import type { TaskBoard } from "./task-board.ts";

export interface SessionDeskOptions {
  readonly project: string;
  readonly board: TaskBoard;
  /** Of each task; undefined: what the project's settings say. */
  readonly budgetUsd: number | undefined;
  engine(): Promise<QueuedEngine>;
  choice(): ReplChoice;
  /** Of a run that `/continue` began. */
  onEvent(taskId: string, event: EngineEvent): void;
  /** It has ended, or could not be run. */
  onEnd(taskId: string, outcome: ExecutionResult | { readonly error: unknown }): Promise<void>;
}

export interface SessionDesk {
  current(): string | null;
  use(sessionId: string | null): void;
  /** The next task opens a session of its own; the current one stays for questions. */
  closeGroup(): void;
  submit(prompt: string): Promise<readonly QueueTask[]>;
  /** @throws RunnerError E101–E108, E507 */
  start(): Promise<ExecutionResult>;
  /** Resolves when it runs. @throws RunnerError E202–E205, E401 */
  resume(sessionId: string): Promise<void>;
  /** A task that went in under this session's group has been run in `sessionId`. */
  followed(groupId: string, sessionId: string): void;
  /** Whether `/continue` runs this session here. */
  continues(sessionId: string | null): boolean;
  interrupt(): void;
  /** Resolves when nothing that `/continue` began runs any more. */
  idle(): Promise<void>;
}

export function createSessionDesk(options: SessionDeskOptions): SessionDesk {
  const { project, board, engine, choice } = options;
  let sessionId: string | null = null;
  let groupId: string | null = null;
  const runs = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();

  const budget = options.budgetUsd === undefined ? {} : { budgetUsd: options.budgetUsd };
  const chosen = () => {
    const { provider, model } = choice();
    return { ...(provider !== undefined && { provider }), ...(model && { model }) };
  };

  function use(id: string | null): void {
    sessionId = id;
    groupId = id;
  }

  async function run(id: string, taskId: string, abort: AbortController): Promise<void> {
    try {
      const result = await (await engine()).continueSession({
        sessionId: id,
        signal: abort.signal,
        onEvent: (event) => options.onEvent(taskId, event),
      });
      await options.onEnd(taskId, result);
    } catch (error) {
      await options.onEnd(taskId, { error });
    } finally {
      runs.delete(id);
    }
  }

  /** A REPL is about one project: what is typed next would go into the wrong one. */
  async function assertOurs(opened: QueuedEngine, id: string): Promise<void> {
    const known = await opened.sessions(project);
    if (known.some((session) => session.session_id === id)) return;
    // A malformed or unknown id keeps its own error.
    const { evidence_path } = await opened.status(id);
    if (existsSync(evidence_path)) await assertSessionOf(project, id, evidence_path);
    throw new RunnerError("E203", { id: `${id} in ${project}` });
  }

  return {
    current: () => sessionId,
    use,
    closeGroup() {
      groupId = null;
    },
    async submit(prompt) {
      const group = groupId ?? newSessionId();
      const tasks = await (await engine()).enqueue({
        ...{ project, sessionId: group, here: true, ...chosen() },
        tasks: [{ prompt, kind: "change", scope: [], checks: [], ...budget }],
      });
      if (groupId === null) use(group);
      return tasks;
    },
    async start() {
      const result = await (await engine()).start({ project, tasks: [], ...chosen() });
      use(result.session_id);
      return result;
    },
    async resume(id) {
      const opened = await engine();
      await assertOurs(opened, id);
      use(id);
      if (runs.has(id)) return;
      await opened.continuable(id);
      const { tasks } = await opened.status(id);
      const waiting = board.waiting().find(({ taskId }) => board.get(taskId)?.session?.session_id === id);
      const taskId = waiting?.taskId ?? id;
      const abort = new AbortController();
      const prompt = waiting?.summary ?? tasks.findLast((task) => task.status !== "COMPLETE")?.prompt ?? id;
      board.begin({ taskId, sessionId: id, prompt });
      runs.set(id, { abort, done: run(id, taskId, abort) });
    },
    followed(group, id) {
      if (group === groupId) sessionId = id;
    },
    continues: (id) => id !== null && runs.has(id),
    interrupt() {
      for (const { abort } of runs.values()) abort.abort();
    },
    async idle() {
      while (runs.size > 0) await Promise.all([...runs.values()].map(({ done }) => done));
    },
  };
}
