import type { ClaimedTask, QueueState, RunControl, TaskQueue } from "@pm/core";
import { parseTaskId } from "../shared/task-ids.ts";
import { createLeaseWatch } from "../worker/lease-watch.ts";
import { isGone } from "../worker/worker-id.ts";
import type { Desk } from "./desk.ts";
import { obtain } from "./obtain.ts";

const LOOK_MS = 250;

/**
 * Claims a task as soon as nobody else has it: it may be handed back, its holder may die, and one before it may end.
 * @returns the state in which it came to rest elsewhere, or is when `signal` says so or one before it waits for a person
 */
export async function awaitTurn(
  desk: Desk,
  taskId: string,
  { signal, onEvent }: Pick<RunControl, "signal" | "onEvent">,
): Promise<ClaimedTask | QueueState> {
  const { queue, workerId, leaseMs, monotonic } = desk;
  const leases = createLeaseWatch({ monotonic, isGone });
  const first = await obtain(desk, taskId);
  if (first !== null) return first;
  onEvent?.({ kind: "notice", message: `A worker has ${taskId}; waiting for it.` });
  for (;;) {
    const task = await queue.get(taskId);
    const { state, claim } = task;
    if ((state !== "QUEUED" && state !== "RUNNING") || signal?.aborted) return state;
    let claimed: ClaimedTask | null = null;
    if (state === "QUEUED") {
      if (await waitsBehindPerson(queue, taskId)) return state;
      claimed = await obtain(desk, taskId);
    } else if (claim !== null && leases.expired([task]).length > 0) {
      claimed = await queue.takeOver({ taskId, fence: claim.fence, beat: claim.beat }, { workerId, leaseMs });
    }
    if (claimed !== null) return claimed;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function waitsBehindPerson(queue: TaskQueue, taskId: string): Promise<boolean> {
  const { groupId, number } = parseTaskId(taskId);
  const { items } = await queue.listTasks({ groupId, state: "AWAITING_APPROVAL" }, { limit: 1 });
  return items.some(({ task_id }) => parseTaskId(task_id).number < number);
}
