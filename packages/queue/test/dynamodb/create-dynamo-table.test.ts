import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableName } from "../../src/dynamodb/table-name.ts";
import { CREDENTIALS, REGION } from "./support/credentials.ts";
import { type DynamoBench, outcome, payload, startDynamoBench, WORKER } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
let client: DynamoDBClient;
beforeAll(async () => {
  bench = await startDynamoBench();
  const { endpoint = "" } = bench.options("");
  client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
});
afterAll(async () => {
  client.destroy();
  await bench.stop();
});

describe("the name of a table", () => {
  it.each([
    ["default", "pm-runner-queue"],
    ["stable", "pm-runner-queue-stable"],
    ["dev", "pm-runner-queue-dev"],
  ])("of namespace %s is %s", (namespace, name) => expect(tableName(namespace)).toBe(name));
});

describe("making a table", () => {
  it("makes it once, whoever else makes it at the same time, and says so", async () => {
    const made = await Promise.all([bench.create("once"), bench.create("once"), bench.create("once")]);
    for (const each of made)
      expect(each).toMatchObject({ table: "pm-runner-queue-once", shards: 1, read_shards: 1 });
    expect(await bench.create("once")).toMatchObject({ created: false, shards: 1 });
    const queue = bench.open({ namespace: "once", direct: true });
    expect((await queue.submit({ groupId: "g", project: "p", payload: payload() })).created).toBe(true);
  });

  it("tells where expired items are not removed, as in an emulator", async () => {
    expect(await bench.create("ttl")).toMatchObject({ created: true, ttl: "not supported here" });
  });

  it("goes on reading all shards there ever were when their number changes", async () => {
    await bench.create("shards", 4);
    const before = bench.open({ namespace: "shards", direct: true });
    const submit = (groupId: string) => before.submit({ groupId, project: "p", payload: payload() });
    for (let n = 0; n < 12; n++) await submit(`g${n}`);
    expect(await bench.create("shards", 2)).toMatchObject({ created: false, shards: 2, read_shards: 4 });
    const after = bench.open({ namespace: "shards", direct: true });
    await after.submit({ groupId: "new", project: "p", payload: payload() });
    expect((await after.stats()).counts.QUEUED).toBe(13);
    const claimed = new Set<string>();
    for (let n = 0; n < 13; n++) {
      const got = await after.claimNext({ ...WORKER, projects: ["p"] });
      if (!got) throw new Error("null, though tasks wait");
      claimed.add(got.task.group_id);
      await after.finish(got.claim, { state: "COMPLETE", outcome: outcome() });
    }
    expect(claimed.size).toBe(13);
    expect(await bench.create("shards", 8)).toMatchObject({ shards: 8, read_shards: 8 });
    expect(await bench.create("shards")).toMatchObject({ shards: 8, read_shards: 8 });
  });

  it.each([0, 65, 1.5])("refuses %s shards", async (shards) => {
    await expect(bench.create("wrong", shards)).rejects.toMatchObject({ code: "E437" });
  });

  it("leaves a table of somebody else alone", async () => {
    const name = tableName("foreign");
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    await expect(bench.create("foreign")).rejects.toMatchObject({ code: "E436", data: { table: name } });
  });

  it("leaves a table of a newer version alone, and so does a queue", async () => {
    await bench.create("newer");
    const TableName = tableName("newer");
    const number = (N: string) => ({ N });
    await client.send(
      new PutItemCommand({
        TableName,
        Item: {
          pk: { S: "CONFIG" },
          sk: { S: "CONFIG" },
          schema: number("2"),
          shards: number("1"),
          read_shards: number("1"),
          created_ms: number("1"),
        },
      }),
    );
    await expect(bench.create("newer", 2)).rejects.toMatchObject({ code: "E436" });
    const queue = bench.open({ namespace: "newer", direct: true });
    await expect(queue.stats()).rejects.toMatchObject({ code: "E436" });
  });

  it("completes one whose making was cut off before its configuration", async () => {
    await bench.create("half");
    const Key = { pk: { S: "CONFIG" }, sk: { S: "CONFIG" } };
    await client.send(new DeleteItemCommand({ TableName: tableName("half"), Key }));
    const queue = bench.open({ namespace: "half", direct: true });
    await expect(queue.stats()).rejects.toMatchObject({ code: "E436" });
    expect(await bench.create("half", 3)).toMatchObject({ created: false, shards: 3 });
    expect((await queue.stats()).counts.QUEUED).toBe(0);
  });
});
