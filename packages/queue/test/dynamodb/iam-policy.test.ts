import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDynamoTable } from "../../src/dynamodb/create-dynamo-table.ts";
import { iamPolicy } from "../../src/dynamodb/iam-policy.ts";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
beforeAll(async () => {
  bench = await startDynamoBench();
});
afterAll(() => bench.stop());

const actionsOf = (document: ReturnType<typeof iamPolicy>["work"]) =>
  document.Statement.flatMap(({ Action }) => Action).sort();
const asked = () => [...bench.proxy.operations.keys()].map((name) => `dynamodb:${name}`).sort();

describe("the policy that is needed in AWS", () => {
  it("names the table of the namespace and its indexes, and nothing else", () => {
    const { work, creation } = iamPolicy("dev", { region: "eu-west-1", account: "123456789012" });
    const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/pm-runner-queue-dev";
    expect(work.Statement.flatMap(({ Resource }) => Resource)).toEqual([table, `${table}/index/*`]);
    expect(creation.Statement.flatMap(({ Resource }) => Resource)).toEqual([table]);
    expect(JSON.stringify(iamPolicy("default"))).toContain('arn:aws:dynamodb:*:*:table/pm-runner-queue"');
  });

  it("allows for creation exactly what creation asks for", async () => {
    bench.proxy.operations.clear();
    const through = { ...bench.options("policy"), endpoint: bench.proxy.endpoint };
    await createDynamoTable(through);
    await createDynamoTable({ ...through, shards: 2 });
    expect(asked()).toEqual(actionsOf(iamPolicy("policy").creation));
  });

  it("allows for work exactly what a queue asks for, and no Scan", async () => {
    await bench.create("policy-work");
    bench.proxy.operations.clear();
    const queue = bench.open({ namespace: "policy-work" });
    const submitted = { groupId: "g", project: "p", idempotencyKey: "k" };
    await queue.createGroup("g");
    await queue.submit({ ...submitted, payload: payload("long ".repeat(2_000)) });
    const got = await queue.claimNext({ ...WORKER, projects: ["p"] });
    if (!got) throw new Error("nothing claimed");
    await queue.finish(got.claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
    await queue.approve(got.claim.taskId);
    await queue.cancel(got.claim.taskId, outcome());
    await queue.running(["p"]);
    await queue.listGroups();
    await queue.listTasks({ groupId: "g" });
    await queue.listTasks({});
    await queue.stats();
    const worker = { worker_id: "w", host: "h", pid: 1, projects: ["p"], concurrency: 1, started_at: "now" };
    await queue.announce(worker);
    await queue.workers();
    await queue.withdraw("w");
    expect(asked()).toEqual(actionsOf(iamPolicy("policy-work").work));
    expect(bench.proxy.operations.has("Scan")).toBe(false);
  });
});
