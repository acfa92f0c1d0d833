/** The gateway with a meter: whatever happens to an answer, each call that began is ended once (W4), so that none waits for ever. */
import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createSpending, type UserConfig } from "@pm/core";
import { afterEach, describe, expect, it } from "vitest";
import { type CallMeter, createCallMeter } from "../../src/gateway/call-meter.ts";
import { type Gateway, startGateway } from "../../src/gateway/gateway.ts";

const TOKEN = "pm-run-0123456789";
const PRICES: UserConfig["prices"] = { priced: { input: 1_000_000, output: 1_000_000 } };
const WHOLE = { model: "priced", usage: { input_tokens: 1, output_tokens: 1 } };

let upstream: Server | undefined;
let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.close();
  upstream?.closeAllConnections();
  upstream?.close();
});

async function start(
  answer: (res: ServerResponse, at: number) => void,
  { budget = 10, credential = async () => {} } = {},
): Promise<CallMeter> {
  let asked = 0;
  upstream = createServer((req, res) => {
    asked += 1;
    const at = asked;
    req.resume().on("end", () => answer(res, at));
  });
  await new Promise<void>((resolve) => upstream?.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  const meter = createCallMeter(createSpending(budget, 0), PRICES);
  gateway = await startGateway({
    upstream: new URL(`http://127.0.0.1:${port}`),
    token: TOKEN,
    allowed: /^\/v1\/messages(\/count_tokens)?$/,
    meter,
    async credential() {
      await credential();
      return { via: "x-api-key", secret: "the key" };
    },
  });
  return meter;
}

const json = (res: ServerResponse, body: unknown, status = 200) =>
  void res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

const send = (path = "/v1/messages", method = "POST") =>
  request({ socketPath: gateway?.socketPath ?? "", path, method, headers: { "x-api-key": TOKEN } });

/** @returns status and body; the test's time limit ends one that never comes. */
function ask(path?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const req = send(path);
    req.on("error", reject);
    req.on("response", (res) => {
      let body = "";
      res.on("data", (chunk) => {
        body += chunk;
      });
      res.on("error", reject);
      res.on("end", () => resolve({ status: res.statusCode ?? 0, body }));
    });
    req.end("{}");
  });
}

/** Asks, does not read what comes, and goes away. */
async function askAndLeave(afterMs: number): Promise<void> {
  const req = send();
  req.on("error", () => {});
  const answered = new Promise((resolve) => req.once("response", resolve));
  req.end("{}");
  await answered;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  req.destroy();
}

describe("a metered gateway", () => {
  it("lets the next call begin, however much of an answer the agent left unread", async () => {
    const sizes = Array.from({ length: 30 }, (_, step) => (step + 1) * 32 * 1024);
    await start(
      (res, at) => json(res, { ...WHOLE, text: "x".repeat(at % 2 === 0 ? 1 : (sizes[(at - 1) / 2] ?? 1)) }),
      {
        budget: 1e12,
      },
    );
    for (const _ of sizes) {
      await askAndLeave(15);
      expect((await ask()).status).toBe(200);
    }
  }, 20_000);

  it("begins nothing for an agent that left while the key was looked up", async () => {
    let go = () => {};
    let wait: Promise<void> | undefined = new Promise((resolve) => {
      go = resolve;
    });
    let looked = () => {};
    const looking = new Promise<void>((resolve) => {
      looked = resolve;
    });
    await start((res) => json(res, WHOLE), {
      async credential() {
        looked();
        await wait;
      },
    });
    const left = send();
    const closed = new Promise((resolve) => left.on("error", resolve));
    left.end("{}");
    await looking;
    left.destroy(new Error("gone"));
    await closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    wait = undefined;
    go();
    expect((await ask()).status).toBe(200);
  }, 10_000);

  it("asks the API not to compress what it has to read", async () => {
    let encoding: string | undefined;
    await start((res) => {
      encoding = res.req.headers["accept-encoding"];
      json(res, WHOLE);
    });
    const req = send();
    req.setHeader("accept-encoding", "gzip, br");
    const answered = new Promise((resolve) => req.on("response", (res) => res.resume().on("end", resolve)));
    req.end("{}");
    await answered;
    expect(encoding).toBe("identity");
  });

  it("asks for no admission for what is no call of a model", async () => {
    const meter = await start((res) => json(res, WHOLE), { budget: 1 });
    await ask();
    expect((await ask()).status).toBe(400);
    expect((await ask("/v1/messages/count_tokens")).status).toBe(200);
    expect(meter.stopped?.code).toBe("E516");
  });
});
