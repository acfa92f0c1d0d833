import { type ExecutionResult, isFinal, isRunnerError, type QueueTask, type TaskQueue } from "@pm/core";
import { orNull } from "../shared/or-null.ts";
import { cancelInSession } from "../worker/cancel-in-session.ts";
import { outcomeOf } from "../worker/ending-of.ts";
import { refOf } from "../worker/ref-of.ts";
import type { Desk } from "./desk.ts";
import { findTasks } from "./find-tasks.ts";
import { takeFromTheDead } from "./obtain.ts";
import { openTasksOf } from "./open-tasks-of.ts";

/** How long the holder of a task on another machine gets to end it. */
const WAIT_MS = 15_000;
const LOOK_MS = 250;

const OUTCOME = outcomeOf("Cancelled by a person.");

export interface CancelDesk extends Pick<Desk, "engine" | "workerId" | "leaseMs"> {
  queue(): Promise<TaskQueue>;
}

/**
 * Cancels a session with its tasks, or what only the queue knows: a task, or a group.
 * @throws E203 unknown, E204 finished
 */
export async function cancelQueued(
  desk: CancelDesk,
  id: string,
  statusOf: (id: string) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  // E202: it can be no session's id, but one of the queue.
  const refs = await orNull(desk.engine.refs(id), "E202", "E203");
  if (refs !== null && refs.length === 0) return desk.engine.cancel(id);
  const queue = await desk.queue();
  const inQueue = { ...desk, queue };
  if (refs === null) {
    const tasks = await findTasks(queue, id);
    // The engine's error for an id that nobody knows.
    if (tasks.length === 0) return statusOf(id);
    for (const task of tasks) await cancelTask(inQueue, task);
    for (const task of tasks) await ended(queue, task);
    for (const task of tasks) await tellSession(inQueue, task.task_id);
    return statusOf(id);
  }
  // First the queue, so that a holder that is stopped knows why.
  const { tasks } = await openTasksOf(inQueue, id);
  for (const task of tasks) await cancelTask(inQueue, task);
  const result = await desk.engine.cancel(id).catch((error: unknown) => {
    // What the session has is over; what was to follow in it is not any more.
    if (tasks.length > 0 && isRunnerError(error, "E204")) return statusOf(id);
    throw error;
  });
  for (const task of (await openTasksOf(inQueue, id)).tasks) await cancelTask(inQueue, task);
  return result;
}

async function cancelTask(desk: ClaimingDesk, task: QueueTask): Promise<void> {
  try {
    const { state, claim } = await desk.queue.cancel(task.task_id, OUTCOME);
    if (state !== "RUNNING" || claim === null) return;
    const claimed = await takeFromTheDead(desk, { ...task, claim });
    if (claimed !== null) await desk.queue.finish(claimed.claim, { state: "CANCELLED", outcome: OUTCOME });
  } catch (error) {
    // It ended meanwhile.
    if (!isRunnerError(error, "E411") && !isRunnerError(error, "E412")) throw error;
  }
}

type ClaimingDesk = Pick<Desk, "queue" | "workerId" | "leaseMs">;

/** Else a person could go on in it with what is cancelled. */
async function tellSession({ engine, queue }: Pick<Desk, "engine" | "queue">, taskId: string): Promise<void> {
  const { state, session } = await queue.get(taskId);
  if (state !== "CANCELLED" || session === null) return;
  await cancelInSession(engine, session.session_id, refOf(queue.namespace, taskId));
}

async function ended(queue: TaskQueue, { task_id }: QueueTask): Promise<void> {
  for (const deadline = performance.now() + WAIT_MS; performance.now() < deadline; ) {
    if (isFinal((await queue.get(task_id)).state)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
