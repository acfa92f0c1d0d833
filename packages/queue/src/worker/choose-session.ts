import { type Engine, type ExecutionResult, newSessionId, type QueueTask, type TaskQueue } from "@pm/core";
import { orNull } from "../shared/or-null.ts";
import { formatTaskId, parseTaskId } from "../shared/task-ids.ts";
import type { Place } from "./place.ts";

/** How far back a group is searched for the session that it last used here. */
const LOOK_BACK = 20;
const SESSION_ID = /^session-[a-z0-9]{1,40}$/;

/**
 * The session in which a task is to run. A group goes on in the session that it used last in this place, as long as that
 * one can take more; one that ended otherwise than COMPLETE can't, and the group gets a new one.
 */
export async function chooseSession(
  { engine, queue, place }: { engine: Engine; queue: TaskQueue; place: Place },
  task: QueueTask,
): Promise<string> {
  if (task.session !== null) return task.session.session_id;
  const last = await lastSession(queue, place, task);
  const there = last === null ? null : await orNull(engine.status(last), "E203");
  if (last !== null && there !== null && hasRoom(there)) return last;
  if (SESSION_ID.test(task.group_id) && last === null) {
    const known = await orNull(engine.status(task.group_id), "E203");
    if (known === null || hasRoom(known)) return task.group_id;
  }
  return newSessionId();
}

async function lastSession(queue: TaskQueue, place: Place, task: QueueTask): Promise<string | null> {
  const { groupId, number } = parseTaskId(task.task_id);
  for (let earlier = number - 1; earlier > 0 && earlier >= number - LOOK_BACK; earlier -= 1) {
    // Numbers have gaps.
    const found = await orNull(queue.get(formatTaskId(groupId, earlier)), "E410");
    if (found?.session?.place === place.place) return found.session.session_id;
  }
  return null;
}

/** Whether the session can take more tasks. */
function hasRoom({ overall_status, next_action }: ExecutionResult): boolean {
  return overall_status === "COMPLETE" || (next_action?.startsWith("pm continue ") ?? false);
}
