/** BullMQ on Redis, as its manual shows it: a Worker with a processor. */
import { setTimeout as delay } from "node:timers/promises";
import { requireFrom } from "../support/peers.mjs";

const NAME = "bench";
/** A worker that got nothing for so long is done. */
const IDLE_MS = 500;

/** @param {{ peers: string, socket: string }} place */
export async function open({ peers, socket }) {
  const { Queue, Worker } = requireFrom(peers)("bullmq");
  const connection = { path: socket, maxRetriesPerRequest: null };
  const queue = new Queue(NAME, { connection });
  let worker = null;
  await queue.waitUntilReady();
  return {
    async submit(prompt) {
      await queue.add("task", { prompt });
    },
    async work(onClaim, concurrency) {
      let asked = performance.now();
      let last = performance.now();
      worker = new Worker(
        NAME,
        async () => {
          onClaim(performance.now() - asked);
          last = asked = performance.now();
        },
        { connection, concurrency },
      );
      await worker.waitUntilReady();
      while (performance.now() - last < IDLE_MS) await delay(20);
    },
    wait(onStart) {
      worker = new Worker(NAME, async ({ data }) => onStart(data.prompt), { connection, concurrency: 1 });
    },
    async close() {
      await worker?.close();
      await queue.close();
    },
  };
}
