import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itemSize, MAX_ITEM_BYTES } from "../../src/dynamodb/item-size.ts";
import { packPayload, unpackPayload } from "../../src/dynamodb/payload-body.ts";
import { tableName } from "../../src/dynamodb/table-name.ts";
import { CREDENTIALS, REGION } from "./support/credentials.ts";
import { type DynamoBench, payload, startDynamoBench } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
let document: DynamoDBDocumentClient;
beforeAll(async () => {
  bench = await startDynamoBench();
  await bench.create("default");
  const { endpoint = "" } = bench.options("");
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  document = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
});
afterAll(async () => {
  document.destroy();
  await bench.stop();
});

const put = (Item: Record<string, unknown>) =>
  document.send(new PutCommand({ TableName: tableName("default"), Item })).then(
    () => "taken",
    (error: Error) => error.message,
  );

// The emulator counts UTF-16 units, AWS bytes; so what both must agree on is plain ASCII.
const text = fc.string({ unit: "binary-ascii", maxLength: 40 });
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, text, fc.integer(), fc.boolean(), tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 4 }),
  map: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), tie("any"), { maxKeys: 4 }),
})).any;
const attributes = fc.dictionary(fc.stringMatching(/^a[a-z]{1,9}$/), value, { maxKeys: 6 });

describe("the size of an item", () => {
  it("is never less than DynamoDB's, so that what fits by it is not refused", async () => {
    await fc.assert(
      fc.asyncProperty(attributes, async (given) => {
        const item = { pk: "size", sk: "size", ...given, pad: "" };
        const full = { ...item, pad: "x".repeat(MAX_ITEM_BYTES - itemSize(item)) };
        expect(itemSize(full)).toBe(MAX_ITEM_BYTES);
        expect(await put(full)).toBe("taken");
      }),
      { numRuns: 40 },
    );
  });

  it("is exact without numbers: one byte more is refused by DynamoDB too", async () => {
    const item = { pk: "p", sk: "s", ayes: true, nothing: null, list: ["a", { b: "c" }], pad: "" };
    const full = { ...item, pad: "x".repeat(MAX_ITEM_BYTES - itemSize(item)) };
    expect(await put(full)).toBe("taken");
    expect(await put({ ...full, pad: `${full.pad}x` })).toMatch(/size/i);
  });

  it("counts bytes of UTF-8, not characters", () => {
    expect(itemSize({ é: "世界🦊" })).toBe(2 + 3 + 3 + 4);
    expect(itemSize({ a: undefined })).toBe(0);
  });
});

describe("a payload", () => {
  it("comes back as it was, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 3_000 }), (prompt) => {
        expect(unpackPayload(packPayload("g", payload(prompt)))).toEqual(payload(prompt));
      }),
    );
  });

  it("is refused with E414 by its length alone, however well it could be packed, before anything is sent", async () => {
    const queue = bench.open();
    const submit = (prompt: string) => queue.submit({ groupId: "g", project: "p", payload: payload(prompt) });
    bench.proxy.operations.clear();
    for (const prompt of ["x".repeat(MAX_ITEM_BYTES), "世".repeat(MAX_ITEM_BYTES / 3)])
      await expect(submit(prompt)).rejects.toMatchObject({
        code: "E414",
        data: { limit: MAX_ITEM_BYTES, engine: "DynamoDB" },
      });
    expect([...bench.proxy.operations.keys()]).toEqual([]);
  });

  it("of the greatest length is taken, also where it can't be packed", async () => {
    const queue = bench.open();
    const random = randomBytes(MAX_ITEM_BYTES).toString("base64url");
    const fits = (length: number) => {
      try {
        packPayload("g", payload(random.slice(0, length)));
        return true;
      } catch {
        return false;
      }
    };
    let length = MAX_ITEM_BYTES;
    while (!fits(length)) length -= 16;
    while (fits(length + 1)) length += 1;
    expect(length).toBeGreaterThan(MAX_ITEM_BYTES - 300);
    const prompt = random.slice(0, length);
    const { task } = await queue.submit({ groupId: "g", project: "p", payload: payload(prompt) });
    expect((await queue.get(task.task_id)).payload.prompt === prompt).toBe(true);
  });
});
