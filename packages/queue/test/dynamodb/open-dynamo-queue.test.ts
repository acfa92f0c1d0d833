import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
beforeAll(async () => {
  bench = await startDynamoBench();
  await bench.create("default");
});
afterAll(() => bench.stop());

describe("the life of a task on DynamoDB", () => {
  it("goes from submission to its end", async () => {
    const queue = bench.open();
    const { task, created } = await queue.submit({ groupId: "g", project: "p#1", payload: payload() });
    expect(created).toBe(true);
    expect(task).toMatchObject({ task_id: "g.1", state: "QUEUED", summary: "Do it.", payload: payload() });
    expect(await queue.claimNext({ ...WORKER, projects: ["p"] })).toBeNull();
    const claimed = await queue.claimNext({ ...WORKER, projects: ["p#1"] });
    expect(claimed?.task).toMatchObject({ state: "RUNNING", claim: { worker_id: "w1", fence: 1, beat: 0 } });
    if (!claimed) throw new Error("nothing claimed");
    expect(await queue.renew(claimed.claim)).toEqual({ cancelRequested: false });
    await queue.bind(claimed.claim, { sessionId: "session-1", place: "here:/p", project: "here" });
    expect(await queue.running(["p#1"])).toEqual([]);
    expect(await queue.running(["here"])).toMatchObject([{ task_id: "g.1", claim: { beat: 1 } }]);
    await queue.finish(claimed.claim, { state: "COMPLETE", outcome: outcome() });
    expect(await queue.get("g.1")).toMatchObject({
      state: "COMPLETE",
      claim: null,
      session: { session_id: "session-1", place: "here:/p" },
      outcome: outcome(),
    });
    expect(await queue.stats()).toMatchObject({
      counts: { COMPLETE: 1, QUEUED: 0, RUNNING: 0 },
      oldest_waiting_at: null,
    });
    await expect(queue.renew(claimed.claim)).rejects.toMatchObject({ code: "E412" });
  });
});
