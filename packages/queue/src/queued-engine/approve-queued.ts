import { type Engine, isRunnerError, type TaskQueue } from "@pm/core";
import { openTasksOf } from "./open-tasks-of.ts";

/** Puts the tasks of a session back into the queue once nothing of it waits for an approval any more. */
export async function approveQueued(
  engine: Engine,
  queue: () => Promise<TaskQueue>,
  sessionId: string,
): Promise<void> {
  if ((await engine.refs(sessionId)).length === 0 || (await hasMore(engine, sessionId))) return;
  const opened = await queue();
  const { tasks } = await openTasksOf({ engine, queue: opened }, sessionId);
  for (const { task_id, state } of tasks) {
    if (state !== "AWAITING_APPROVAL") continue;
    await opened.approve(task_id).catch((error: unknown) => {
      // Somebody else was faster: the approval is on record, and the task goes on.
      if (!isRunnerError(error, "E411")) throw error;
    });
  }
}

async function hasMore(engine: Engine, sessionId: string): Promise<boolean> {
  try {
    const { overall_status, next_action } = await engine.status(sessionId);
    return overall_status === "INCOMPLETE" && (next_action?.startsWith("pm approve ") ?? false);
  } catch (error) {
    if (isRunnerError(error)) return false;
    throw error;
  }
}
