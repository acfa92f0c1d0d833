import type { TaskQueue } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Kit, LEASE, outcome, seen } from "./kit.ts";
import { type ModelledQueue, queueCommands } from "./model-commands.ts";
import type { QueueModel } from "./queue-model.ts";

const TIME_LIMIT_MS = 50_000;
const REQUEST = { ...LEASE, projects: ["p", "q"] };

export function describeModel(kit: Kit): void {
  /** Brings everything to its end, as workers and a person would after the last crash: nothing may be stuck or lost. */
  async function bringToItsEnd(queue: TaskQueue, { tasks }: QueueModel): Promise<void> {
    for (const { task_id } of await queue.running(REQUEST.projects)) {
      const over = await queue.takeOver(await seen(queue, task_id), LEASE);
      if (!over) throw new Error(`${task_id} is held by nobody, and can't be taken over`);
      await queue.release(over.claim);
    }
    for (const { state, id } of tasks) if (state === "AWAITING_APPROVAL") await queue.approve(id);
    for (let left = (await queue.stats()).counts.QUEUED; left > 0; left--) {
      const { claim } = await kit.claimSoon(queue, REQUEST);
      await queue.finish(claim, { state: "COMPLETE", outcome: outcome() });
    }
    const { counts } = await queue.stats();
    expect(counts).toMatchObject({ QUEUED: 0, RUNNING: 0, AWAITING_APPROVAL: 0 });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(tasks.length);
  }

  describe("whatever is done in whatever order", () => {
    it(
      "it does what its model does, through crashes and from two processes, and all comes to an end",
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.commands(queueCommands, { maxCommands: 60, size: "max" }), async (commands) => {
            const namespace = kit.freshNamespace();
            const open = () => kit.harness().open({ namespace });
            const queues = [await open(), await open()];
            const model: QueueModel = { tasks: [], keys: new Map() };
            const real: ModelledQueue = {
              exactOrder: kit.harness().exactOrder,
              queues,
              claims: [],
              leases: [],
              async reopen(which) {
                await queues[which]?.close();
                queues[which] = await open();
              },
            };
            try {
              await fc.asyncModelRun(() => ({ model, real }), commands);
              await bringToItsEnd(queues[0] as TaskQueue, model);
            } finally {
              for (const queue of queues) await queue.close();
            }
          }),
          {
            numRuns: kit.harness().exactOrder ? 60 : 20,
            interruptAfterTimeLimit: TIME_LIMIT_MS,
          },
        );
      },
      2 * TIME_LIMIT_MS,
    );
  });
}
