import {
  type Engine,
  type ExecutionResult,
  isRunnerError,
  type QueueTaskDetail,
  type RunControl,
  type RunnerError,
  type TaskInput,
  type TaskQueue,
} from "@pm/core";
import { orNull } from "../shared/or-null.ts";
import { formatTaskId, parseTaskId } from "../shared/task-ids.ts";
import { asRunnerError } from "./as-runner-error.ts";
import type { Place } from "./place.ts";
import { refOf } from "./ref-of.ts";

/** Numbers that a lost answer may have left unused before a follower. */
const GAPS = 2;

export interface SessionOutcome {
  /** Where the session stands; null where there is none. */
  readonly result: ExecutionResult | null;
  readonly error: RunnerError | null;
}

/**
 * Opens the session with the task, or goes on in it. What was submitted together with the task is put into the session
 * with it, so that the session is not COMPLETE before all of it is; only the task itself runs.
 */
export async function runInSession(
  { engine, queue, place }: { engine: Engine; queue: TaskQueue; place: Place },
  task: QueueTaskDetail,
  sessionId: string,
  { signal, onEvent }: RunControl,
): Promise<SessionOutcome> {
  const control = {
    only: [refOf(queue.namespace, task.task_id)],
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  };
  const { provider, model } = task.payload;
  try {
    const tasks = [task, ...(await followers(queue, task))].map((each) => inputOf(queue.namespace, each));
    const isNew = await engine.refs(sessionId).then(
      () => false,
      (error: unknown) => isRunnerError(error, "E203"),
    );
    const result = isNew
      ? await engine.start({
          ...{ project: place.root, sessionId, tasks, ...control },
          ...(provider !== null && { provider }),
          ...(model !== null && { model }),
        })
      : await engine.continueSession({ sessionId, tasks, ...control });
    return { result, error: null };
  } catch (error) {
    const result = await engine.status(sessionId).catch(() => null);
    // It had ended already, and its worker could not say so any more.
    if (isRunnerError(error, "E204")) return { result, error: null };
    return { result, error: asRunnerError(error) };
  }
}

/** The tasks that were submitted with it and require it, one through the other. */
async function followers(queue: TaskQueue, task: QueueTaskDetail): Promise<QueueTaskDetail[]> {
  const found: QueueTaskDetail[] = [];
  const { groupId, number } = parseTaskId(task.task_id);
  for (let last = task, next = number + 1, gaps = 0; gaps <= GAPS; next += 1) {
    const follower = await orNull(queue.get(formatTaskId(groupId, next)), "E410");
    if (follower === null) {
      gaps += 1;
      continue;
    }
    if (follower.payload.requires !== last.task_id) return found;
    if (follower.state !== "CANCELLED") found.push(follower);
    last = follower;
  }
  return found;
}

function inputOf(namespace: string, { task_id, payload }: QueueTaskDetail): TaskInput {
  const { prompt, kind, scope, checks, budget_usd } = payload;
  const ref = refOf(namespace, task_id);
  return { prompt, kind, scope, checks, ref, ...(budget_usd !== null && { budgetUsd: budget_usd }) };
}
