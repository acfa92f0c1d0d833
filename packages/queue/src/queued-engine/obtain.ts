import { type ClaimedTask, isRunnerError, type QueueTask } from "@pm/core";
import { isGone } from "../worker/worker-id.ts";
import type { Desk } from "./desk.ts";

/**
 * Claims a task by its id, also from a worker of this machine that is certainly dead.
 * @returns null where somebody else has it, it has ended, or an earlier one of its group is open.
 */
export async function obtain(desk: Desk, taskId: string): Promise<ClaimedTask | null> {
  const { queue, workerId, leaseMs } = desk;
  try {
    return await queue.claim(taskId, { workerId, leaseMs });
  } catch (error) {
    if (!isRunnerError(error, "E411")) throw error;
    return takeFromTheDead(desk, await queue.get(taskId));
  }
}

/** @returns null where its holder may be alive, or was faster. */
export async function takeFromTheDead(
  { queue, workerId, leaseMs }: Pick<Desk, "queue" | "workerId" | "leaseMs">,
  { task_id: taskId, claim }: QueueTask,
): Promise<ClaimedTask | null> {
  if (claim === null || !isGone(claim.worker_id)) return null;
  return queue.takeOver({ taskId, fence: claim.fence, beat: claim.beat }, { workerId, leaseMs });
}
