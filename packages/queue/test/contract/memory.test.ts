import { createMemoryQueue } from "../support/memory-queue.ts";
import { describeTaskQueue } from "./describe-task-queue.ts";

describeTaskQueue(
  "the queue in memory, the reference of the suite",
  async () => {
    const store = new Map();
    return {
      exactOrder: true,
      open: async ({ namespace = "default", clock } = {}) =>
        createMemoryQueue({ namespace, store, ...(clock ? { clock } : {}) }),
      remove: async () => store.clear(),
    };
  },
  { processes: false },
);
