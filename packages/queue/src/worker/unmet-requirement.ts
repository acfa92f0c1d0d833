import { type Engine, isRunnerError, type QueueTaskDetail, RunnerError, type TaskQueue } from "@pm/core";
import { refOf } from "./ref-of.ts";

/**
 * @returns why a task can't run any more: the one that it was to follow did not become COMPLETE; null where all is well.
 * The session that they share hears of it too.
 */
export async function unmetRequirement(
  { engine, queue }: { engine: Engine; queue: TaskQueue },
  task: QueueTaskDetail,
): Promise<RunnerError | null> {
  const required = task.payload.requires;
  if (required === null) return null;
  const before = await queue.get(required);
  if (before.state === "COMPLETE") return null;
  if (before.session !== null) {
    const refs = [refOf(queue.namespace, task.task_id)];
    await engine.cancel(before.session.session_id, refs).catch((error: unknown) => {
      // A session that has ended, or whose evidence is elsewhere, needs no telling.
      if (!isRunnerError(error)) throw error;
    });
  }
  return new RunnerError("E444", { id: task.task_id, required, state: before.state });
}
