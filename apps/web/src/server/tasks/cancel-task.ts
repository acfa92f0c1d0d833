import { isFinal, type QueueTaskDetail, queueStep } from "@pm/core";
import type { WebOptions } from "../web-server.ts";

/** Who holds a running task ends it soon; a browser is not kept waiting for that. */
const WAIT_MS = 2000;

/**
 * Ends a waiting task, and asks the holder of a running one to end it. Does nothing to one that was cancelled.
 * @throws RunnerError E410, E411 it has ended otherwise
 */
export async function cancelTask(
  { engine, queue, log }: Pick<WebOptions, "engine" | "queue" | "log">,
  taskId: string,
): Promise<QueueTaskDetail> {
  const task = await queue.get(taskId);
  if (task.state === "CANCELLED") return task;
  if (isFinal(task.state)) queueStep(taskId, task.state, "cancelled");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS);
  });
  let answered = false;
  const cancelled = engine.cancel(taskId).then(
    () => {},
    (error: unknown) => {
      if (!answered) throw error;
      log(`cancelling ${taskId} failed after it was answered`);
    },
  );
  try {
    await Promise.race([cancelled, late]);
  } finally {
    answered = true;
    clearTimeout(timer);
  }
  return queue.get(taskId);
}
