import { type Engine, isFinal, type QueueTaskDetail, type TaskQueue } from "@pm/core";
import { orNull } from "../shared/or-null.ts";
import { parseTaskId } from "../shared/task-ids.ts";
import { parseRef } from "../worker/ref-of.ts";
import { groupTasks } from "./find-tasks.ts";

export interface OpenTasks {
  /** The group that more tasks of the session belong to. */
  readonly groupId: string;
  readonly tasks: readonly QueueTaskDetail[];
}

/**
 * The tasks of a session that the queue has not ended, in their order; also those that were put into the queue for it and
 * have not got into it, since whoever did so was stopped.
 */
export async function openTasksOf(
  { engine, queue }: { engine: Engine; queue: TaskQueue },
  sessionId: string,
): Promise<OpenTasks> {
  let groupId = sessionId;
  const ids = new Set<string>();
  for (const { ref } of await engine.refs(sessionId)) {
    const parsed = parseRef(ref);
    if (parsed?.namespace !== queue.namespace) continue;
    groupId = parseTaskId(parsed.taskId).groupId;
    ids.add(parsed.taskId);
  }
  for (const { task_id, state, session } of await groupTasks(queue, groupId)) {
    if (!isFinal(state) && (session === null || session.session_id === sessionId)) ids.add(task_id);
  }
  const tasks: QueueTaskDetail[] = [];
  for (const id of ids) {
    // The queue forgets what ended long ago; the evidence does not.
    const task = await orNull(queue.get(id), "E410");
    if (task !== null && !isFinal(task.state)) tasks.push(task);
  }
  const numberOf = (task: QueueTaskDetail) => parseTaskId(task.task_id).number;
  return { groupId, tasks: tasks.sort((a, b) => numberOf(a) - numberOf(b)) };
}
