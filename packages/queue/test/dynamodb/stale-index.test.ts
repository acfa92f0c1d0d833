import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
beforeAll(async () => {
  bench = await startDynamoBench();
  await bench.create("default");
});
afterEach(() => {
  bench.proxy.fault = () => undefined;
});
afterAll(() => bench.stop());

const stale = () => {
  bench.proxy.fault = ({ index }) => (index === undefined ? undefined : "stale");
};

describe("an index that lags", () => {
  it("shows tasks that have gone on: nobody claims, lists or counts them twice (C1)", async () => {
    const [one, other] = [bench.open(), bench.open()];
    const next = { ...WORKER, projects: ["gone"] };
    const { task } = await one.submit({ groupId: "gone", project: "gone", payload: payload() });
    const got = await one.claimNext(next);
    expect(await one.running(["gone"])).toHaveLength(1);
    if (!got) throw new Error("nothing claimed");
    stale();
    expect(await other.claimNext({ ...next, workerId: "w2" })).toBeNull();
    await one.finish(got.claim, { state: "COMPLETE", outcome: outcome() });
    expect(await other.claimNext({ ...next, workerId: "w2" })).toBeNull();
    expect(await other.running(["gone"])).toEqual([]);
    expect(await other.get(task.task_id)).toMatchObject({ state: "COMPLETE", fence: 1 });
  });

  it("does not show what is new: null proves nothing, the task itself can be claimed", async () => {
    const queue = bench.open();
    stale();
    const { task } = await queue.submit({ groupId: "new", project: "new", payload: payload() });
    expect(await queue.claimNext({ ...WORKER, projects: ["new"] })).toBeNull();
    expect((await queue.claim(task.task_id, WORKER)).claim.fence).toBe(1);
  });

  it("names a task in two places: it is listed once", async () => {
    const queue = bench.open();
    const { task } = await queue.submit({
      groupId: "twice",
      project: "twice",
      payload: payload(),
      claim: WORKER,
    });
    bench.proxy.alter = ({ index }, answer) => {
      const items = (answer.Items ?? []) as unknown[];
      return index === "byState" ? { ...answer, Items: [...items, ...items] } : answer;
    };
    const ids = (await queue.running(["twice"])).map(({ task_id }) => task_id);
    const { items } = await queue.listTasks({ state: "RUNNING" });
    bench.proxy.alter = (_, answer) => answer;
    expect(ids).toEqual([task.task_id]);
    expect(items.filter(({ task_id }) => task_id === task.task_id)).toHaveLength(1);
  });

  it("shows a later task while the earlier one, which it does not show yet, waits: the earlier is taken (C2)", async () => {
    const queue = bench.open();
    const next = { ...WORKER, projects: ["order"] };
    const submit = () => queue.submit({ groupId: "order", project: "order", payload: payload() });
    const first = await submit();
    const second = await submit();
    bench.proxy.alter = ({ index }, answer) => {
      if (index !== "byState") return answer;
      const items = (answer.Items ?? []) as { sk: { S: string } }[];
      return { ...answer, Items: items.filter(({ sk }) => sk.S.endsWith("2")) };
    };
    const got = await queue.claimNext(next);
    bench.proxy.alter = (_, answer) => answer;
    expect(got?.task.task_id).toBe(first.task.task_id);
    expect((await queue.get(second.task.task_id)).state).toBe("QUEUED");
  });
});
