/** The queue of this project, as its workers use it: ending a task and claiming the next is one durable commit. */
import { openQueue } from "../../../../packages/queue/dist/index.js";

const PROJECT = "bench";
const GROUP_SIZE = 20;
const outcome = { code: null, message: "", next_action: null, evidence_path: null, result_digest: null };
const ending = { state: "COMPLETE", outcome };
const payload = {
  kind: "change",
  scope: [],
  checks: [],
  provider: null,
  model: null,
  requires: null,
};

/** @param {{ home: string }} place */
export async function open({ home }) {
  const queue = await openQueue({ engine: "sqlite", home, namespace: "bench" });
  const request = { workerId: `worker-${process.pid}`, leaseMs: 30_000, projects: [PROJECT] };
  let submitted = 0;
  return {
    async submit(prompt) {
      const groupId = `group-${process.pid}-${submitted++}`;
      await queue.submit({ groupId, project: PROJECT, payload: { ...payload, prompt } });
    },
    /** Works until nothing is left. @param onClaim is told of each claim and how long it took, ms */
    async work(onClaim, concurrency) {
      const slot = async () => {
        let asked = performance.now();
        let got = await queue.claimNext(request);
        while (got) {
          onClaim(performance.now() - asked);
          asked = performance.now();
          got = await queue.finish(got.claim, ending, request);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, slot));
    },
    /** Works for ever, and sleeps while there is nothing. @param onStart is told of each task that begins */
    wait(onStart) {
      let busy = false;
      queue.onWork([PROJECT], async () => {
        if (busy) return;
        busy = true;
        for (
          let got = await queue.claimNext(request);
          got;
          got = await queue.finish(got.claim, ending, request)
        )
          onStart(got.task.payload.prompt);
        busy = false;
      });
    },
    /** Leaves `count` finished tasks. */
    async fill(count, prompt) {
      for (let done = 0; done < count; done += GROUP_SIZE) {
        const all = Array.from({ length: GROUP_SIZE });
        await Promise.all(all.map(() => this.submit(prompt)));
        const claimed = await Promise.all(all.map(() => queue.claimNext(request)));
        await Promise.all(claimed.map((got) => got && queue.finish(got.claim, ending)));
      }
    },
    /** One claim and one end, in two commits. @returns how long the claim took, ms */
    async claimOnce() {
      const asked = performance.now();
      const got = await queue.claimNext(request);
      const took = performance.now() - asked;
      if (!got) throw new Error("nothing to claim");
      await queue.finish(got.claim, ending);
      return took;
    },
    close: () => queue.close(),
  };
}
