import { existsSync, statSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Gateway, startGateway } from "../../src/gateway/gateway.ts";
import type { GatewayCredential } from "../../src/gateway/gateway-headers.ts";

const TOKEN = "pm-run-0123456789";
const KEY = "sk-ant-real-key";

let upstream: Server | undefined;
let gateway: Gateway | undefined;
const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];

afterEach(async () => {
  await gateway?.close();
  upstream?.closeAllConnections();
  upstream?.close();
  seen.length = 0;
});

type Answer = (req: IncomingMessage, res: import("node:http").ServerResponse) => void;

async function start(answer: Answer, options: { prefix?: string; via?: GatewayCredential["via"] } = {}) {
  upstream = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    seen.push({ method: req.method ?? "", url: req.url ?? "", headers: req.headers, body });
    answer(req, res);
  });
  await new Promise<void>((resolve) => upstream?.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  gateway = await startGateway({
    upstream: new URL(`http://127.0.0.1:${port}${options.prefix ?? ""}`),
    credential: async () => ({ via: options.via ?? "x-api-key", secret: KEY }),
    token: TOKEN,
    allowed: /^\/v1\/(messages|messages\/count_tokens|models(\/[A-Za-z0-9._:-]{1,128})?)$/,
    meter: null,
  });
  return gateway;
}

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  whole: boolean;
}

function ask(
  path: string,
  {
    headers = { "x-api-key": TOKEN },
    method = "POST",
    body = "{}",
  }: {
    headers?: Record<string, string>;
    method?: string;
    body?: string;
  } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = request({ socketPath: gateway?.socketPath ?? "", path, method, headers }, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("error", () => {});
      res.on("close", () =>
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text, whole: res.complete }),
      );
    });
    req.on("error", reject);
    req.end(method === "HEAD" || method === "GET" ? undefined : body);
  });
}

const ok: Answer = (_, res) => res.writeHead(200, { "set-cookie": "a=b" }).end("fine");

describe("the gateway", () => {
  it("puts the real key in the place of the token, and passes on no other word about who asks", async () => {
    await start(ok);
    const headers = { "x-api-key": TOKEN, authorization: "Bearer mine", cookie: "c", "anthropic-beta": "b" };
    const reply = await ask("/v1/messages?beta=true", { headers, body: '{"a":1}' });
    expect(reply).toMatchObject({ status: 200, body: "fine", whole: true });
    expect(reply.headers["set-cookie"]).toBeUndefined();
    expect(seen[0]).toMatchObject({ method: "POST", url: "/v1/messages?beta=true", body: '{"a":1}' });
    expect(seen[0]?.headers).toMatchObject({ "x-api-key": KEY, "anthropic-beta": "b" });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(seen[0]?.headers.cookie).toBeUndefined();
    expect(JSON.stringify(seen)).not.toContain(TOKEN);
  });

  it("sends a login as a bearer token", async () => {
    await start(ok, { via: "bearer" });
    await ask("/v1/messages", { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(seen[0]?.headers["x-api-key"]).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ["no token", {}],
    ["another token", { "x-api-key": `${TOKEN}x` }],
    ["the start of the token", { "x-api-key": TOKEN.slice(0, -1) }],
    ["another bearer token", { authorization: "Bearer x" }],
  ])("refuses a request with %s and forwards nothing", async (_, headers) => {
    await start(ok);
    expect((await ask("/v1/messages", { headers })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  it.each([
    "/v1/files",
    "/v1/organizations/keys",
    "/api/oauth/profile",
    "/v1/messages/../files",
    "/v1/messages/%2e%2e/files",
    "//evil.example/v1/messages",
    "http://evil.example/v1/messages",
    "/v1/messages/",
    "/",
  ])("does not forward %s", async (path) => {
    await start(ok);
    expect((await ask(path)).status).toBe(404);
    expect(seen).toEqual([]);
  });

  it("keeps the path of the upstream as a prefix", async () => {
    await start(ok, { prefix: "/anthropic/" });
    await ask("/v1/models/claude-x", { method: "GET" });
    expect(seen[0]?.url).toBe("/anthropic/v1/models/claude-x");
  });

  it("answers the look whether anyone is there by itself", async () => {
    await start(ok);
    expect((await ask("/", { method: "HEAD", headers: {} })).status).toBe(200);
    expect(seen).toEqual([]);
  });

  it("passes the answer on while it comes, not when it is whole", async () => {
    let finish = () => {};
    await start((_, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
      finish = () => res.end("data: 2\n\n");
    });
    const chunks: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const headers = { "x-api-key": TOKEN };
      const req = request({
        socketPath: gateway?.socketPath ?? "",
        path: "/v1/messages",
        method: "POST",
        headers,
      });
      req.on("response", (res) => {
        res.on("data", (chunk) => {
          chunks.push(String(chunk));
          finish();
        });
        res.on("end", resolve);
      });
      req.on("error", reject);
      req.end("{}");
    });
    expect(chunks).toEqual(["data: 1\n\n", "data: 2\n\n"]);
  });

  it("shows an answer that broke off as one that broke off", async () => {
    await start((_, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write("data: 1\n\n", () => res.destroy());
    });
    const reply = await ask("/v1/messages").catch((error: unknown) => error);
    expect(reply).not.toMatchObject({ whole: true });
  });

  it("drops the request to the API when the agent goes away", async () => {
    const gone = new Promise<void>((resolve) => {
      void start((req, res) => {
        res.writeHead(200).write("x");
        req.socket.on("close", () => resolve());
      }).then(() => {
        const headers = { "x-api-key": TOKEN };
        const req = request({
          socketPath: gateway?.socketPath ?? "",
          path: "/v1/messages",
          method: "POST",
          headers,
        });
        req.on("error", () => {});
        req.on("response", () => req.destroy());
        req.end("{}");
      });
    });
    await gone;
  });

  it("says 502 where the API can't be reached, and marks a refused key as final", async () => {
    await start((_, res) => res.writeHead(401).end("no"));
    expect((await ask("/v1/messages")).headers["x-should-retry"]).toBe("false");
    upstream?.closeAllConnections();
    await new Promise<void>((resolve) => upstream?.close(() => resolve()));
    expect((await ask("/v1/messages")).status).toBe(502);
  });

  it("refuses a body that no honest request has", async () => {
    await start(ok);
    const headers = { "x-api-key": TOKEN, "content-length": String(50 * 1024 * 1024) };
    expect((await ask("/v1/messages", { headers, body: "" })).status).toBe(413);
    expect(seen).toEqual([]);
  });

  it("keeps its socket where only this user can reach it, and takes it away at its end", async () => {
    const { socketPath, close } = await start(ok);
    expect(statSync(dirname(socketPath)).mode & 0o077).toBe(0);
    expect(socketPath.length).toBeLessThan(100);
    await close();
    expect(existsSync(dirname(socketPath))).toBe(false);
  });
});
