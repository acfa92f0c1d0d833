import { type ExecutionResult, isFinal, type RunControl, RunnerError } from "@pm/core";
import { type ClaimedRun, runClaimed } from "../worker/run-claimed.ts";
import { awaitTurn } from "./await-turn.ts";
import type { Desk } from "./desk.ts";
import type { SubmittedTask } from "./submit-tasks.ts";

/**
 * Runs tasks here, one after the other, until one waits for a person. One that a worker has meanwhile is waited for.
 * @param session of the tasks, where it is known
 * @throws RunnerError what the engine threw, once the queue knows of it; E412 where the task was taken away
 */
export async function runInOrder(
  desk: Desk,
  tasks: readonly SubmittedTask[],
  { signal, onEvent }: RunControl,
  session?: string,
): Promise<ExecutionResult> {
  let sessionId = session ?? null;
  let result: ExecutionResult | null = null;
  let failure: RunnerError | null = null;
  for (const { task, claim } of tasks) {
    const control = { ...(signal && { signal }), ...(onEvent && { onEvent }) };
    const claimed = claim === null ? await awaitTurn(desk, task.task_id, control) : { task, claim };
    if (typeof claimed === "string") {
      result = null;
      if (!isFinal(claimed)) break;
      continue;
    }
    const run = await runClaimed(desk, claimed, { handBack: () => false, ...control });
    if (run.state === null) throw lost(claimed.claim);
    sessionId = run.sessionId ?? sessionId;
    result = run.result ?? result;
    failure ??= failureOf(run);
    if (!isFinal(run.state)) break;
  }
  if (failure !== null) throw failure;
  if (result !== null) return result;
  const id = sessionId ?? (await desk.queue.get(tasks[0]?.task.task_id ?? "")).session?.session_id;
  return desk.engine.status(id ?? "");
}

/** That a task was not begun since the one before it failed is no failure of its own. */
const failureOf = ({ error }: ClaimedRun): RunnerError | null => (error?.code === "E444" ? null : error);

const lost = ({ taskId, fence }: { taskId: string; fence: number }) =>
  new RunnerError("E412", { id: taskId, fence });
