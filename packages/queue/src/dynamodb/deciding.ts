import { type QueueTask, queueStep, type TaskOutcome } from "@pm/core";
import type { Holding } from "./holding.ts";
import { partsOf, stateKey } from "./keys.ts";
import type { QueueParts } from "./queue-parts.ts";
import { randomMark } from "./random-mark.ts";
import { type TaskItem, toQueueTask } from "./task-item.ts";

/** What people say about a task: cancel it, approve it. Each is repeated until its write met the task as it was read. */
export function createDeciding({ config, tasks }: QueueParts, holding: Holding) {
  const asRead = (item: TaskItem) =>
    [
      { attribute: "state", is: item.state },
      { attribute: "fence", is: item.fence },
      { attribute: "project", is: item.project },
    ] as const;

  return {
    /** @throws RunnerError E410, E411, E413 */
    async cancel(taskId: string, outcome: TaskOutcome): Promise<QueueTask> {
      for (;;) {
        const item = await tasks.get(taskId);
        if (item.state === "CANCELLED") return toQueueTask(item);
        const running = item.state === "RUNNING";
        queueStep(taskId, item.state, running ? "cancel.requested" : "cancelled");
        if (running && item.stop) return toQueueTask(item);
        const set = running ? { stop: true } : await holding.ended(partsOf(item), "CANCELLED", outcome);
        const changed = await tasks.change(item, { set, when: asRead(item) });
        if (!changed) continue;
        if (!running) await holding.expire(changed);
        return toQueueTask(changed);
      }
    },

    /** @throws RunnerError E410, E411, E413 */
    async approve(taskId: string): Promise<QueueTask> {
      const said = randomMark();
      for (;;) {
        const item = await tasks.get(taskId);
        // The answer to an attempt before this one was lost.
        if (item.said === said) return toQueueTask(item);
        const state = queueStep(taskId, item.state, "approved");
        const { shards } = await config();
        const place = stateKey(state, partsOf(item), { atMs: item.sub, project: item.project, shards });
        const changed = await tasks.change(item, {
          set: { ...place, state, said, out: undefined },
          when: asRead(item),
        });
        if (changed) return toQueueTask(changed);
      }
    },
  };
}
