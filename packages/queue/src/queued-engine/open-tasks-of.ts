import { type Engine, isFinal, isRunnerError, type QueueTaskDetail, type TaskQueue } from "@pm/core";
import { parseTaskId } from "../shared/task-ids.ts";
import { parseRef } from "../worker/ref-of.ts";

export interface OpenTasks {
  /** The group that more tasks of the session belong to. */
  readonly groupId: string;
  readonly tasks: readonly QueueTaskDetail[];
}

/** The tasks of a session that the queue has not ended, in their order. */
export async function openTasksOf(
  { engine, queue }: { engine: Engine; queue: TaskQueue },
  sessionId: string,
): Promise<OpenTasks> {
  let groupId = sessionId;
  const tasks: QueueTaskDetail[] = [];
  for (const { ref } of await engine.refs(sessionId)) {
    const parsed = parseRef(ref);
    if (parsed?.namespace !== queue.namespace) continue;
    groupId = parseTaskId(parsed.taskId).groupId;
    const task = await queue.get(parsed.taskId).catch((error: unknown) => {
      // The queue forgets what ended long ago; the evidence does not.
      if (isRunnerError(error, "E410")) return null;
      throw error;
    });
    if (task !== null && !isFinal(task.state)) tasks.push(task);
  }
  return { groupId, tasks };
}
