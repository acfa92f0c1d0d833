import { type Engine, isRunnerError, newSessionId, type QueueTask, type TaskQueue } from "@pm/core";
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
  if (last !== null && (await takesMore(engine, last))) return last;
  if (SESSION_ID.test(task.group_id) && last === null) {
    const known = await isKnown(engine, task.group_id);
    if (!known || (await takesMore(engine, task.group_id))) return task.group_id;
  }
  return newSessionId();
}

async function lastSession(queue: TaskQueue, place: Place, task: QueueTask): Promise<string | null> {
  const { groupId, number } = parseTaskId(task.task_id);
  for (let earlier = number - 1; earlier > 0 && earlier >= number - LOOK_BACK; earlier -= 1) {
    const found = await queue.get(formatTaskId(groupId, earlier)).catch(orNull);
    if (found?.session?.place === place.place) return found.session.session_id;
  }
  return null;
}

/** Numbers have gaps. */
function orNull(error: unknown): null {
  if (isRunnerError(error, "E410")) return null;
  throw error;
}

async function takesMore(engine: Engine, sessionId: string): Promise<boolean> {
  if (!(await isKnown(engine, sessionId))) return false;
  const { overall_status, next_action } = await engine.status(sessionId);
  return overall_status === "COMPLETE" || (next_action?.startsWith("pm continue ") ?? false);
}

async function isKnown(engine: Engine, sessionId: string): Promise<boolean> {
  try {
    await engine.status(sessionId);
    return true;
  } catch (error) {
    if (isRunnerError(error, "E203")) return false;
    throw error;
  }
}
