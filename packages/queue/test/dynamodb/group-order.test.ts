import { DeleteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TaskQueue } from "@pm/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { taskKey } from "../../src/dynamodb/keys.ts";
import { tableName } from "../../src/dynamodb/table-name.ts";
import { CREDENTIALS, REGION } from "./support/credentials.ts";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
beforeAll(async () => {
  bench = await startDynamoBench();
  await bench.create("default", 2);
});
afterEach(() => {
  bench.proxy.fault = () => undefined;
  bench.proxy.hold = async () => {};
});
afterAll(() => bench.stop());

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const done = { state: "COMPLETE", outcome: outcome() } as const;
const submission = (groupId: string) => ({ groupId, project: groupId, payload: payload() });

describe("the tasks of a group", () => {
  it("run one at a time and each once, while they are submitted slowly by many and answers are lost (O1, O2, O3)", async () => {
    const PER_SUBMITTER = 12;
    bench.proxy.hold = () => pause(Math.random() * 12);
    bench.proxy.fault = () => (Math.random() < 0.05 ? "drop after" : undefined);
    const queues = Array.from({ length: 3 }, () => bench.open());
    const acknowledged: string[] = [];
    const ended: string[] = [];
    const running = new Set<string>();
    let submitting = true;

    const submit = async (queue: TaskQueue, at: number) => {
      for (let n = 0; n < PER_SUBMITTER; n++) {
        const key = n % 2 === 0 ? { idempotencyKey: `${at}-${n}` } : {};
        const { task, created } = await queue.submit({ ...submission("busy"), ...key });
        expect(created).toBe(true);
        acknowledged.push(task.task_id);
      }
    };
    const work = async (queue: TaskQueue) => {
      for (;;) {
        const over = !submitting;
        const got = await queue.claimNext({ ...WORKER, projects: ["busy"] });
        if (!got && over) {
          const { counts } = await queue.stats();
          if (counts.QUEUED + counts.RUNNING === 0) return;
        }
        if (!got) continue;
        expect([...running], `beside ${got.claim.taskId}`).toEqual([]);
        running.add(got.claim.taskId);
        await queue.renew(got.claim);
        running.delete(got.claim.taskId);
        ended.push(got.claim.taskId);
        await queue.finish(got.claim, done);
      }
    };
    const workers = queues.map(work);
    await Promise.all(queues.map(submit));
    submitting = false;
    await Promise.all(workers);
    expect(acknowledged).toHaveLength(queues.length * PER_SUBMITTER);
    expect([...ended].sort()).toEqual([...acknowledged].sort());
    const number = (id: string) => Number(id.split(".")[1]);
    expect(ended.map(number)).toEqual(ended.map(number).sort((a, b) => a - b));
  });

  it("go on with the next number after all others have expired, at no great cost (O4)", async () => {
    const queue = bench.open();
    const { endpoint = "" } = bench.options("");
    const client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
    const COUNT = 60;
    for (let n = 0; n < COUNT; n++) {
      const { claim } = await queue.submit({ ...submission("old"), claim: WORKER });
      if (!claim) throw new Error("not claimed");
      await queue.finish(claim, done);
    }
    for (let number = 1; number <= COUNT; number++) {
      const { pk, sk } = taskKey({ groupId: "old", number });
      const Key = { pk: { S: pk }, sk: { S: sk } };
      await client.send(new DeleteItemCommand({ TableName: tableName("default"), Key }));
    }
    client.destroy();
    bench.proxy.operations.clear();
    const { task, claim } = await queue.submit({ ...submission("old"), claim: WORKER });
    expect(task.task_id).toBe(`old.${COUNT + 1}`);
    expect(claim).not.toBeNull();
    expect([...bench.proxy.operations.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(25);
  });

  it("wait for one that needs a person, and pass one that was cancelled before it began", async () => {
    const queue = bench.open();
    const next = { ...WORKER, projects: ["person"] };
    const first = await queue.submit({ ...submission("person"), claim: WORKER });
    const second = await queue.submit(submission("person"));
    const third = await queue.submit(submission("person"));
    if (!first.claim) throw new Error("not claimed");
    await queue.finish(first.claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
    expect(await queue.claimNext(next)).toBeNull();
    await expect(queue.claim(second.task.task_id, WORKER)).rejects.toMatchObject({ code: "E411" });
    await queue.cancel(second.task.task_id, outcome());
    expect(await queue.claimNext(next)).toBeNull();
    await queue.cancel(first.task.task_id, outcome());
    expect((await queue.claimNext(next))?.claim.taskId).toBe(third.task.task_id);
  });
});
