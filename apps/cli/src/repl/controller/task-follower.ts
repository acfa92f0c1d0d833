/**
 * Turns what happens to tasks into items, notices and calls for attention: events of the worker here, of what `/continue` runs
 * here, and of the queue for what runs elsewhere.
 *
 * Invariants:
 * F1 the end of a task that was typed here, or ran here, is shown exactly once per run, with the result that the evidence gives;
 * F2 a task that another process submitted or runs is told of in one line for each step, and never by its own text alone: the
 *    line begins with its id.
 */
import {
  type EngineEvent,
  ERROR_CODES,
  type ErrorCode,
  type ErrorReport,
  type ExecutionResult,
  isFinal,
  isRunnerError,
  type QueueTask,
  stripToLine,
  type TaskQueue,
} from "@pm/core";
import type { QueuedEngine, WorkerEvent } from "@pm/queue";
import { errorReport } from "../../render/error-text.ts";
import type { Emitter } from "./emitter.ts";
import { errorHere, resultHere } from "./next-step.ts";
import { phaseItem } from "./phase-item.ts";
import type { SessionDesk } from "./session-desk.ts";
import type { TaskBoard } from "./task-board.ts";

export interface TaskFollowerOptions {
  readonly board: TaskBoard;
  readonly emitter: Emitter;
  readonly desk: Pick<SessionDesk, "current" | "continues" | "followed">;
  engine(): Promise<QueuedEngine>;
  queue(): Promise<TaskQueue>;
  monotonic(): number;
  /** Whether a worker of this process takes what waits. */
  worker(): boolean;
}

export interface TaskFollower {
  onWorker(event: WorkerEvent): void;
  onContinued(taskId: string, event: EngineEvent): void;
  onContinuedEnd(taskId: string, outcome: ExecutionResult | { readonly error: unknown }): Promise<void>;
  /** Watches the queue. @returns stops */
  watch(queue: TaskQueue): Promise<() => void>;
  /** Submits by `call`; what the queue says of its tasks meanwhile waits until they are known to be ours. */
  submitting(call: () => Promise<readonly QueueTask[]>): Promise<readonly QueueTask[]>;
  settled(): Promise<void>;
}

export function createTaskFollower(options: TaskFollowerOptions): TaskFollower {
  const { board, emitter, desk, engine, monotonic } = options;
  /** Typed here, and not over. */
  const mine = new Set<string>();
  /** Their end is told by the worker here, not by the queue. */
  const ranHere = new Set<string>();
  /** Sessions of which `/continue` tells what happens; until somebody else runs one. */
  const continued = new Set<string>();
  const endings = new Set<Promise<void>>();
  let submission: Promise<unknown> = Promise.resolve();

  const notice = (text: string) => emitter.print({ kind: "notice", text: stripToLine(text) });

  function track(ending: Promise<void>): void {
    endings.add(ending);
    void ending.finally(() => {
      endings.delete(ending);
      emitter.changed();
    });
  }

  function showEvent(taskId: string, event: EngineEvent): void {
    const states = board.event(taskId, event);
    if (event.kind === "notice") notice(event.message);
    const item = states && phaseItem(taskId, states.before, event, monotonic());
    if (item !== null) emitter.print(item);
    emitter.changed();
  }

  /** The result of one task: other tasks of its session have been shown before. */
  async function showEnd(taskId: string, sessionId: string | null): Promise<void> {
    try {
      const opened = await engine();
      // Not its status first: that is asked of the queue too, where the session was never opened.
      const refs = sessionId === null ? null : await opened.refs(sessionId).catch(unknownSession);
      if (sessionId === null || refs === null) {
        showError(await whyNotBegun(await options.queue(), taskId), taskId);
        return;
      }
      const result = await opened.status(sessionId);
      const ref = refs.find((known) => known.ref.endsWith(`/${taskId}`));
      showResult(ref === undefined ? result : onlyTask(result, ref.task_id));
    } catch (error) {
      showError(errorReport(error), taskId);
    }
  }

  function showError(report: ErrorReport, taskId: string): void {
    emitter.print({ kind: "error", report: errorHere(report, desk.current()) });
    emitter.attention(`ERROR: ${taskId}`);
  }

  function showResult(result: ExecutionResult): void {
    const shown = resultHere(result);
    emitter.print({ kind: "result", result: shown });
    const what = stripToLine(result.tasks.at(-1)?.prompt ?? result.session_id).slice(0, 80);
    const needs = shown.next_action === "/approve" ? "needs your approval" : result.overall_status;
    emitter.attention(`${needs}: ${what}`);
  }

  async function ended({ taskId, sessionId, state, message }: WorkerEnded): Promise<void> {
    const task = board.get(taskId);
    board.over(taskId, state);
    if (task !== null && sessionId !== null && mine.has(taskId)) desk.followed(task.group_id, sessionId);
    if (state === null || state === "QUEUED") {
      ranHere.delete(taskId);
      notice(`${taskId} ${state === null ? message : "was handed back to the queue"}`);
    } else {
      if (isFinal(state)) mine.delete(taskId);
      await showEnd(taskId, sessionId);
    }
    emitter.changed();
  }

  /** The news of its end may come after the run itself. */
  function continuedHere(sessionId: string | null, state: QueueTask["state"]): boolean {
    if (sessionId === null) return false;
    if (desk.continues(sessionId)) continued.add(sessionId);
    else if (state === "RUNNING") continued.delete(sessionId);
    return continued.has(sessionId);
  }

  function heard(task: QueueTask): void {
    const { task_id: id, state } = task;
    const sessionId = task.session?.session_id ?? null;
    const before = board.heard(task);
    emitter.changed();
    if (continuedHere(sessionId, state)) {
      if (isFinal(state)) mine.delete(id);
      return;
    }
    if (state === "RUNNING" && !board.isHere(id)) ranHere.delete(id);
    if (ranHere.has(id) || board.isHere(id) || before?.state === state) return;
    if (mine.has(id) && state !== "QUEUED" && state !== "RUNNING") {
      if (sessionId !== null) desk.followed(task.group_id, sessionId);
      if (isFinal(state)) mine.delete(id);
      track(showEnd(id, sessionId));
    } else if (before === null && state === "QUEUED" && !mine.has(id)) {
      notice(`${id} was submitted elsewhere: ${task.summary}`);
    } else if (state === "RUNNING" && options.worker() === false) {
      notice(`${id} is run by ${task.claim?.worker_id ?? "another worker"}`);
    } else if (state !== "QUEUED" && state !== "RUNNING" && before !== null) {
      notice(`${id} is ${state}: ${task.outcome?.message ?? task.summary}`);
    }
  }

  const isOpen = (id: string) => {
    const task = board.get(id);
    if (task === null || board.isHere(id)) return board.isHere(id);
    if (task.state === "QUEUED") return options.worker() && board.heldBy(task) === null;
    return task.state === "RUNNING";
  };

  return {
    onWorker(event) {
      if (event.kind === "engine") showEvent(event.taskId, event.event);
      if (event.kind === "trouble") {
        emitter.print({ kind: "error", report: event.error.toReport() });
      }
      if (event.kind === "started") {
        const { task_id: taskId, summary: prompt, session } = event.task;
        ranHere.add(taskId);
        if (session !== null) continued.delete(session.session_id);
        board.heard(event.task);
        board.begin({ taskId, sessionId: session?.session_id ?? null, prompt });
        if (event.takenOver) notice(`${taskId} was taken over: its worker is gone`);
        emitter.changed();
      }
      if (event.kind === "ended") track(ended(event));
    },
    onContinued: showEvent,
    async onContinuedEnd(taskId, outcome) {
      board.over(taskId, null);
      if (!("error" in outcome)) showResult(outcome);
      else showError(errorReport(outcome.error), taskId);
      emitter.changed();
    },
    async watch(queue) {
      const stop = queue.watch({}, (task) => void submission.then(() => heard(task)));
      for (const state of ["QUEUED", "RUNNING", "AWAITING_APPROVAL"] as const) {
        const page = await queue.listTasks({ state }, { limit: 100 });
        for (const task of page.items) board.heard(task);
      }
      emitter.changed();
      return stop;
    },
    async submitting(call) {
      const under = call();
      const known = under.then(
        (tasks) => {
          for (const task of tasks) {
            mine.add(task.task_id);
            if (!board.isHere(task.task_id) && !ranHere.has(task.task_id)) board.heard(task);
          }
        },
        () => {},
      );
      submission = Promise.all([submission, known]);
      await submission;
      emitter.changed();
      return under;
    },
    async settled() {
      while (endings.size > 0 || [...mine].some(isOpen)) await emitter.nextChange();
    },
  };
}

function unknownSession(error: unknown): null {
  if (isRunnerError(error, "E203")) return null;
  throw error;
}

/** What the queue keeps of a task that got no evidence. */
async function whyNotBegun(queue: TaskQueue, taskId: string): Promise<ErrorReport> {
  const { outcome, state } = await queue.get(taskId);
  const code = Object.keys(ERROR_CODES).find((known) => known === outcome?.code) as ErrorCode | undefined;
  const message = stripToLine(outcome?.message ?? `Task ${taskId} is ${state}.`);
  const hint = outcome?.next_action ?? `See it: pm tasks ${taskId}`;
  return { code: code ?? "E446", title: ERROR_CODES[code ?? "E446"].title, message, hint, data: {} };
}

type WorkerEnded = Extract<WorkerEvent, { kind: "ended" }>;

function onlyTask(result: ExecutionResult, taskId: string): ExecutionResult {
  return {
    ...result,
    tasks: result.tasks.filter((task) => task.task_id === taskId),
    violations: result.violations.filter(({ task_id: of }) => of === null || of === taskId),
  };
}
