import { isRunnerError, type QueueTask, RunnerError } from "@pm/core";
import { refOf } from "@pm/queue";
import type { WebOptions } from "../web-server.ts";

/** A task as its session knows it. */
export interface SessionTask {
  readonly sessionId: string;
  readonly taskId: string;
}

/**
 * Finds a task of the queue in its session.
 * @throws RunnerError E476 not begun, E441 begun where its evidence can't be read
 */
export async function sessionTaskOf(
  { engine, queue }: Pick<WebOptions, "engine" | "queue">,
  { task_id, session }: QueueTask,
): Promise<SessionTask> {
  const none = new RunnerError("E476", { id: task_id, what: "evidence" });
  if (session === null) throw none;
  const refs = await engine.refs(session.session_id).catch((error: unknown) => {
    if (!isRunnerError(error, "E203")) throw error;
    throw new RunnerError("E441", { id: task_id, place: session.place, session: session.session_id });
  });
  const own = refOf(queue.namespace, task_id);
  const found = refs.find(({ ref }) => ref === own);
  if (found === undefined) throw none;
  return { sessionId: session.session_id, taskId: found.task_id };
}
