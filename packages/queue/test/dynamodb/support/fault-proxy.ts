/**
 * A proxy before DynamoDB that makes trouble on request: throttles, fails, drops connections before or after the request
 * was carried out, and answers queries of an index with what they answered before.
 *
 * Owns its server and what was answered. Talks to the emulator behind it.
 */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export type Fault = "throttle" | "fail" | "drop before" | "drop after" | "stale";

export interface ProxiedRequest {
  readonly operation: string;
  /** The index that is queried. */
  readonly index: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** How often each operation was asked for. */
  readonly operations: Map<string, number>;
  /** Decides what happens to a request; by default nothing does. */
  fault: (request: ProxiedRequest) => Fault | undefined;
  /** Waits before a request is sent on. */
  hold: (request: ProxiedRequest) => Promise<void>;
  /** Changes what a good answer says. */
  alter: (request: ProxiedRequest, answer: Record<string, unknown>) => Record<string, unknown>;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const JSON_TYPE = { "content-type": "application/x-amz-json-1.0" };

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const remembered = new Map<string, Answer>();
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const [, operation = "?"] = String(incoming.headers["x-amz-target"]).split(".");
    proxy.operations.set(operation, (proxy.operations.get(operation) ?? 0) + 1);
    const body = JSON.parse(raw.toString()) as Record<string, unknown>;
    const index = typeof body.IndexName === "string" ? body.IndexName : undefined;
    const request = { operation, index, body };
    const fault = proxy.fault(request);
    if (fault === "drop before") return void incoming.socket.destroy();
    if (fault === "throttle") return refuse(response, 400, "ProvisionedThroughputExceededException");
    if (fault === "fail") return refuse(response, 500, "InternalServerError");
    const old = remembered.get(raw.toString());
    if (fault === "stale") return old ? give(response, old) : giveNothing(response);
    await proxy.hold(request);
    const answer = altered(await forward(target, incoming.headers, raw), (was) => proxy.alter(request, was));
    if (index !== undefined) remembered.set(raw.toString(), answer);
    if (fault === "drop after") return void incoming.socket.destroy();
    give(response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations: new Map(),
    fault: () => undefined,
    hold: async () => {},
    alter: (_, answer) => answer,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}

function forward(target: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = send(target, { method: "POST", headers }, async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      resolve({
        status: incoming.statusCode ?? 500,
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function altered(answer: Answer, alter: (body: Record<string, unknown>) => Record<string, unknown>): Answer {
  if (answer.status !== 200) return answer;
  const was = JSON.parse(answer.body.toString()) as Record<string, unknown>;
  const now = alter(was);
  return now === was ? answer : { status: 200, headers: JSON_TYPE, body: Buffer.from(JSON.stringify(now)) };
}

function give(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

function giveNothing(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ Count: 0, ScannedCount: 0, Items: [] }));
}

function refuse(response: ServerResponse, status: number, name: string): void {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: "injected" };
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
}
