import { randomBytes } from "node:crypto";
import type { TaskQueue } from "@pm/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";
import type { ProxiedRequest } from "./support/fault-proxy.ts";

let bench: DynamoBench;
let queue: TaskQueue;
let count = 0;
beforeAll(async () => {
  bench = await startDynamoBench();
});
afterEach(() => {
  bench.proxy.fault = () => undefined;
});
afterAll(() => bench.stop());

async function fresh(options: { giveUpMs?: number } = {}): Promise<TaskQueue> {
  const namespace = `lost-${++count}`;
  await bench.create(namespace);
  queue = bench.open({ namespace, ...options });
  return queue;
}

/** Too long, and too random to be packed, to be stored within its task. */
const LONG = randomBytes(1_500).toString("base64url");
const WRITES = ["PutItem", "UpdateItem", "DeleteItem"];
const sortKeyOf = ({ body }: ProxiedRequest) => {
  const { sk } = (body.Item ?? body.Key ?? {}) as { sk?: { S?: string } };
  return sk?.S ?? "";
};

/** Loses the answer of each write once, or of those whose sort key begins so. */
function loseOnce(prefix = ""): void {
  const lost = new Set<string>();
  bench.proxy.fault = (request) => {
    const id = JSON.stringify(request.body);
    const meant = WRITES.includes(request.operation) && sortKeyOf(request).startsWith(prefix);
    if (!meant || lost.has(id)) return undefined;
    lost.add(id);
    return "drop after";
  };
}

const submission = (key?: string, prompt = "Do it.") => ({
  groupId: "g",
  project: "p",
  payload: payload(prompt),
  ...(key !== undefined && { idempotencyKey: key }),
});
const next = { ...WORKER, projects: ["p"] };

describe("writes whose answers are lost", () => {
  it("submit once, and the submitter knows that it was them", async () => {
    await fresh();
    loseOnce();
    const plain = await queue.submit(submission());
    const keyed = await queue.submit(submission("k", LONG));
    expect([plain.created, keyed.created]).toEqual([true, true]);
    const { items } = await queue.listTasks({ groupId: "g" });
    expect(items.map(({ task_id }) => task_id)).toEqual([plain.task.task_id, keyed.task.task_id]);
    expect((await queue.submit(submission("k", LONG))).created).toBe(false);
  });

  it("claim with the submission once", async () => {
    await fresh();
    loseOnce();
    const { claim, task } = await queue.submit({ ...submission(), claim: WORKER });
    expect(claim).toMatchObject({ taskId: task.task_id, fence: 1 });
    expect((await queue.get(task.task_id)).claim).toMatchObject({ worker_id: "w1", fence: 1 });
  });

  it("carry a task through its whole life, each step once", async () => {
    await fresh();
    const { task } = await queue.submit(submission());
    loseOnce("T#");
    const first = await queue.claimNext(next);
    expect(first?.claim.fence).toBe(1);
    if (!first) throw new Error("nothing claimed");
    await queue.bind(first.claim, { sessionId: "s", place: "here", project: "p" });
    await queue.release(first.claim);
    const second = await queue.claimNext(next);
    if (!second) throw new Error("nothing claimed");
    expect(second.claim.fence).toBe(2);
    const third = await queue.takeOver(
      { taskId: task.task_id, fence: 2, beat: 0 },
      { ...WORKER, workerId: "w2" },
    );
    if (!third) throw new Error("not taken over");
    expect(third.task).toMatchObject({ fence: 3, deaths: 1, claim: { worker_id: "w2" } });
    await queue.finish(third.claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
    expect((await queue.approve(task.task_id)).state).toBe("QUEUED");
    const fourth = await queue.claim(task.task_id, WORKER);
    expect(await queue.giveUp({ taskId: task.task_id, fence: fourth.claim.fence, beat: 0 }, outcome())).toBe(
      true,
    );
    expect(await queue.get(task.task_id)).toMatchObject({ state: "ERROR", fence: 4, deaths: 2 });
  });

  it("cancel once", async () => {
    await fresh();
    const { task } = await queue.submit(submission());
    loseOnce("T#");
    expect((await queue.cancel(task.task_id, outcome())).state).toBe("CANCELLED");
  });
});

describe("a submitter that dies", () => {
  it.each(["T#", "P#"])("before %s is stored: the next with its key completes the task", async (prefix) => {
    await fresh({ giveUpMs: 50 });
    const wanted = submission("k", LONG);
    bench.proxy.fault = (request) => (sortKeyOf(request).startsWith(prefix) ? "drop before" : undefined);
    await expect(queue.submit(wanted)).rejects.toMatchObject({ code: "E433" });
    bench.proxy.fault = () => undefined;
    const healed = await queue.submit(wanted);
    expect(healed).toMatchObject({ created: true, task: { task_id: "g.1", payload: wanted.payload } });
    expect((await queue.submit(wanted)).created).toBe(false);
    await expect(queue.submit({ ...wanted, project: "q" })).rejects.toMatchObject({ code: "E415" });
  });

  it("leaves a number that others pass over; with its key the task comes after them", async () => {
    await fresh({ giveUpMs: 50 });
    bench.proxy.fault = (request) => (sortKeyOf(request).startsWith("T#") ? "drop before" : undefined);
    await expect(queue.submit(submission("k"))).rejects.toMatchObject({ code: "E433" });
    bench.proxy.fault = () => undefined;
    const later = await queue.submit({ ...submission(undefined, "later"), claim: WORKER });
    expect(later).toMatchObject({ task: { task_id: "g.2" }, claim: { fence: 1 } });
    const healed = await queue.submit(submission("k"));
    expect(healed).toMatchObject({ created: true, claim: null, task: { task_id: "g.3" } });
    expect(await queue.claimNext(next)).toBeNull();
    expect((await queue.submit(submission("k"))).task.task_id).toBe("g.3");
    await expect(queue.get("g.1")).rejects.toMatchObject({ code: "E410" });
    const { items } = await queue.listTasks({ groupId: "g" });
    expect(items.map(({ task_id }) => task_id)).toEqual(["g.2", "g.3"]);
  });
});

describe("a submission that is slow (O2)", () => {
  it("never runs beside a later task that was claimed before it was stored", async () => {
    await fresh();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    bench.proxy.operations.clear();
    bench.proxy.hold = async (request) => {
      if (sortKeyOf(request).startsWith("T#") && request.operation === "PutItem" && first) {
        first = false;
        await held;
      }
    };
    const slow = queue.submit(submission(undefined, LONG));
    while (first) await new Promise((resolve) => setTimeout(resolve, 5));
    const fast = await queue.submit({ ...submission(undefined, "fast"), claim: WORKER });
    expect(fast).toMatchObject({ task: { task_id: "g.2" }, claim: { fence: 1 } });
    release();
    expect((await slow).task.task_id).toBe("g.3");
    // The payload that was stored under the number given up.
    expect(bench.proxy.operations.get("DeleteItem")).toBe(1);
    expect(await queue.claimNext(next)).toBeNull();
    if (fast.claim) await queue.finish(fast.claim, { state: "COMPLETE", outcome: outcome() });
    expect((await queue.claimNext(next))?.task.task_id).toBe("g.3");
    bench.proxy.hold = async () => {};
  });
});
