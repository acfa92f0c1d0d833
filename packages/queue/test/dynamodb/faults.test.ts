import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDynamoQueue } from "../../src/dynamodb/open-dynamo-queue.ts";
import { CREDENTIALS, REGION } from "./support/credentials.ts";
import { type DynamoBench, startDynamoBench } from "./support/dynamo-bench.ts";

let bench: DynamoBench;
const cleanups: (() => void)[] = [];
beforeAll(async () => {
  bench = await startDynamoBench();
  await bench.create("default");
});
afterEach(() => {
  bench.proxy.fault = () => undefined;
  for (const cleanup of cleanups.splice(0)) cleanup();
});
afterAll(() => bench.stop());

const SOON = { giveUpMs: 400 };

/** What answers everything with one error. */
async function refusing(name: string, status = 400): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ __type: `com.amazon.coral.service#${name}`, message: "because" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function queueAt(endpoint: string) {
  const queue = openDynamoQueue({
    namespace: "default",
    endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    ...SOON,
  });
  cleanups.push(() => void queue.close());
  return queue;
}

describe("what goes wrong in AWS", () => {
  it("is E430 where the table is missing, with the command that makes it", async () => {
    const queue = bench.open({ namespace: "nowhere" });
    const failure = queue.stats().catch((error: unknown) => error);
    expect(await failure).toMatchObject({
      code: "E430",
      hint: "Make it: pm queue create --namespace nowhere",
      data: { table: "pm-runner-queue-nowhere" },
    });
  });

  it.each([
    ["AccessDeniedException", "E432"],
    ["UnrecognizedClientException", "E431"],
    ["ExpiredTokenException", "E431"],
    ["ValidationException", "E435"],
    ["UnknownOperationException", "E435"],
  ])("%s is %s, at once", async (name, code) => {
    const start = performance.now();
    await expect(queueAt(await refusing(name)).stats()).rejects.toMatchObject({ code });
    expect(performance.now() - start).toBeLessThan(SOON.giveUpMs);
  });

  it.each([
    ["ProvisionedThroughputExceededException", 400, "E434"],
    ["ThrottlingException", 400, "E434"],
    ["InternalServerError", 500, "E433"],
    ["ServiceUnavailable", 503, "E433"],
  ])("%s is %s only when it lasts", async (name, status, code) => {
    await expect(queueAt(await refusing(name, status)).stats()).rejects.toMatchObject({ code });
  });

  it("is E433 where nobody listens", async () => {
    await expect(queueAt("http://127.0.0.1:9").stats()).rejects.toMatchObject({ code: "E433" });
    await expect(queueAt("not a url").stats()).rejects.toMatchObject({ code: "E433" });
  });

  it("is E431 where there is no region or there are no credentials", async () => {
    const names = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "HOME"];
    const kept = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) delete process.env[name];
    process.env.HOME = "/nonexistent";
    process.env.AWS_EC2_METADATA_DISABLED = "true";
    cleanups.push(() => {
      delete process.env.AWS_EC2_METADATA_DISABLED;
      for (const [name, value] of kept) if (value !== undefined) process.env[name] = value;
    });
    const noRegion = openDynamoQueue({ namespace: "default", credentials: CREDENTIALS, ...SOON });
    const noLogin = openDynamoQueue({ namespace: "default", region: REGION, ...SOON });
    await expect(noRegion.stats()).rejects.toMatchObject({ code: "E431" });
    await expect(noLogin.stats()).rejects.toMatchObject({ code: "E431" });
    await noRegion.close();
    await noLogin.close();
  });

  it("passes unnoticed where it is over soon", async () => {
    const kinds = ["throttle", "fail", "drop before", "drop after"] as const;
    let count = 0;
    bench.proxy.fault = () => (count++ < 8 ? kinds[count % 4] : undefined);
    expect((await bench.open().stats()).counts.QUEUED).toBe(0);
    expect(count).toBeGreaterThan(8);
  });

  it("does not keep a queue from asking again later", async () => {
    const queue = bench.open(SOON);
    bench.proxy.fault = () => "throttle";
    await expect(queue.stats()).rejects.toMatchObject({ code: "E434" });
    bench.proxy.fault = () => undefined;
    expect((await queue.stats()).counts.QUEUED).toBe(0);
  });
});
