/**
 * Owns what the REPL knows of open tasks: those of the whole queue as it was last heard of, and how far those are that run in
 * this process. Plain data in, plain data out; it talks to nobody.
 *
 * Invariants:
 * B1 a task that has ended is not kept, but that it ended is remembered for a while, so that late news can't bring it back;
 * B2 of a run only the folded state and its last lines are kept, however many events it has.
 */
import { type EngineEvent, isFinal, type QueueTask, stripToLine } from "@pm/core";
import { advance, INITIAL_PROGRESS, type ProgressState } from "../../progress/progress-state.ts";
import type { RunningTask, WaitingTask } from "./repl-controller.ts";

const KEPT_LINES = 3;
const REMEMBERED_ENDS = 500;

/** What a run in this process is begun with; it may go on under a session that the queue does not know. */
export interface HereRun {
  readonly taskId: string;
  readonly sessionId: string | null;
  readonly prompt: string;
}

interface Run extends HereRun {
  readonly since: number;
  progress: ProgressState;
  lastLines: readonly string[];
}

export interface TaskBoard {
  /** What the queue says of a task. @returns what it said before; null where it is new or was over */
  heard(task: QueueTask): QueueTask | null;
  begin(run: HereRun): void;
  /** @returns the state of the run before and after; null where it does not run here */
  event(
    taskId: string,
    event: EngineEvent,
  ): { readonly before: ProgressState; readonly after: ProgressState } | null;
  /** Nothing of it runs here any more. @param state what it is now, where that is known */
  over(taskId: string, state: QueueTask["state"] | null): void;
  get(taskId: string): QueueTask | null;
  /** Whether an earlier task of its group has to be decided first. @returns its id */
  heldBy(task: QueueTask): string | null;
  isHere(taskId: string): boolean;
  here(): readonly string[];
  running(): readonly RunningTask[];
  waiting(): readonly WaitingTask[];
}

export function createTaskBoard(monotonic: () => number): TaskBoard {
  const open = new Map<string, QueueTask>();
  const runs = new Map<string, Run>();
  /** When something was first seen to run elsewhere. */
  const seen = new Map<string, number>();
  const ends = new Map<string, string>();

  function forget(taskId: string, at: string): void {
    open.delete(taskId);
    seen.delete(taskId);
    ends.set(taskId, at);
    const [oldest] = ends.keys();
    if (ends.size > REMEMBERED_ENDS && oldest !== undefined) ends.delete(oldest);
  }

  const numberOf = (taskId: string) => Number(taskId.slice(taskId.lastIndexOf(".") + 1));

  return {
    heard(task) {
      const known = open.get(task.task_id) ?? null;
      const last = known?.updated_at ?? ends.get(task.task_id);
      // Two of the same millisecond come in their order.
      if (last !== undefined && task.updated_at < last) return known;
      if (isFinal(task.state)) {
        forget(task.task_id, task.updated_at);
        return known;
      }
      ends.delete(task.task_id);
      open.set(task.task_id, task);
      if (task.state !== "RUNNING") seen.delete(task.task_id);
      else if (!seen.has(task.task_id)) seen.set(task.task_id, monotonic());
      return known;
    },
    begin(run) {
      runs.set(run.taskId, { ...run, since: monotonic(), progress: INITIAL_PROGRESS, lastLines: [] });
    },
    event(taskId, event) {
      const run = runs.get(taskId);
      if (run === undefined) return null;
      const before = run.progress;
      run.progress = advance(before, event, monotonic());
      const { activity } = run.progress;
      if (activity !== "" && activity !== before.activity) {
        run.lastLines = [...run.lastLines, activity].slice(-KEPT_LINES);
      }
      return { before, after: run.progress };
    },
    over(taskId, state) {
      runs.delete(taskId);
      const task = open.get(taskId);
      if (task === undefined || state === null) return;
      const at = new Date().toISOString();
      if (isFinal(state)) forget(taskId, at);
      else open.set(taskId, { ...task, state, claim: null, updated_at: at });
    },
    get: (taskId) => open.get(taskId) ?? null,
    heldBy(task) {
      const earlier = [...open.values()].find(
        (other) =>
          other.group_id === task.group_id &&
          other.state === "AWAITING_APPROVAL" &&
          numberOf(other.task_id) < numberOf(task.task_id),
      );
      return earlier?.task_id ?? null;
    },
    isHere: (taskId) => runs.has(taskId),
    here: () => [...runs.keys()],
    running() {
      const here = [...runs.values()].map(({ taskId, sessionId, prompt, progress, lastLines, since }) => ({
        ...{ taskId, sessionId: progress.sessionId ?? sessionId, prompt: stripToLine(prompt) },
        ...{ here: true, progress, lastLines, since },
      }));
      const elsewhere = [...open.values()]
        .filter(({ task_id: id, state }) => state === "RUNNING" && !runs.has(id))
        .map((task) => ({
          ...{ taskId: task.task_id, sessionId: task.session?.session_id ?? null },
          ...{ prompt: stripToLine(task.summary), here: false, progress: null, lastLines: [] },
          since: seen.get(task.task_id) ?? monotonic(),
        }));
      return [...here, ...elsewhere];
    },
    waiting() {
      const order = { QUEUED: 0, AWAITING_APPROVAL: 1 };
      return [...open.values()]
        .flatMap(({ task_id: taskId, summary, state, submitted_at: at }) =>
          (state === "QUEUED" || state === "AWAITING_APPROVAL") && !runs.has(taskId)
            ? [{ taskId, summary: stripToLine(summary), state, at }]
            : [],
        )
        .sort((a, b) => order[a.state] - order[b.state] || (a.at < b.at ? -1 : 1))
        .map(({ taskId, summary, state }) => ({ taskId, summary, state }));
    },
  };
}
