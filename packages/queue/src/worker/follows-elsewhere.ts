import type { QueueTask, QueueTaskDetail, TaskQueue } from "@pm/core";
import type { Place } from "./place.ts";

/**
 * @returns the task that this one follows, where its work landed in another copy of the project: what builds on it must
 * run there. Null where it may run here.
 */
export async function followsElsewhere(
  { queue, place }: { queue: TaskQueue; place: Place },
  { session, payload }: QueueTaskDetail,
): Promise<(QueueTask & { session: NonNullable<QueueTask["session"]> }) | null> {
  if (payload.requires === null || session !== null) return null;
  const before = await queue.get(payload.requires);
  if (before.state !== "COMPLETE" || before.session === null) return null;
  return before.session.place === place.place ? null : { ...before, session: before.session };
}
