/**
 * The one way from an isolated agent to the API. The real key stays in this process: the agent holds a token of this
 * run alone, and the gateway puts the key in its place.
 *
 * Owns a unix socket in a private folder. Talks to the upstream. Invariants:
 * W1 a request without the token of this run is refused and nothing of it is forwarded;
 * W2 only model requests are forwarded, only to the upstream, and no header of the agent's can name a key;
 * W3 bodies stream both ways, never held; a side that goes away takes the other one with it.
 */
import { timingSafeEqual } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import {
  createServer,
  Agent as HttpAgent,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { Agent as HttpsAgent, request as secureRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credential } from "./credentials.ts";
import { forwardedRequestHeaders, forwardedResponseHeaders, tokenOf } from "./gateway-headers.ts";

export interface GatewayOptions {
  /** Base url of the API; its path is kept as a prefix. */
  readonly upstream: URL;
  /** Asked for each request, so that a login can be refreshed during a long run. */
  readonly credential: () => Promise<Credential>;
  /** What the agent sends as its key. */
  readonly token: string;
}

export interface Gateway {
  readonly socketPath: string;
  close(): Promise<void>;
}

/** The API takes 32 MB; more is no honest request. */
const MAX_REQUEST_BYTES = 40 * 1024 * 1024;
const ALLOWED = /^\/v1\/(messages|messages\/count_tokens|models(\/[A-Za-z0-9._:-]{1,128})?)$/;

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  // Not TMPDIR alone: a socket's path may be at most about 100 bytes long.
  const base = tmpdir().length > 60 ? "/tmp" : tmpdir();
  const folder = await mkdtemp(join(base, "pm-gw-"));
  const socketPath = join(folder, "s");
  const secure = options.upstream.protocol === "https:";
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      refuse(res, 502, "api_error", error instanceof Error ? error.message : String(error));
    });
  });
  // A model may think for long; the run has its own limits.
  server.requestTimeout = 0;

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [path = "", query] = (req.url ?? "").split("?", 2);
    // Some versions look first whether anyone is there.
    if (req.method === "HEAD" && path === "/") return void res.writeHead(200).end();
    if (!matches(tokenOf(req.headers), options.token)) {
      return refuse(res, 401, "authentication_error", "this is not the token of this run");
    }
    if (!ALLOWED.test(path)) return refuse(res, 404, "not_found_error", `${path} is not forwarded`);
    if (Number(req.headers["content-length"] ?? 0) > MAX_REQUEST_BYTES) {
      return refuse(res, 413, "request_too_large", "the request is too large");
    }
    const credential = await options.credential();
    forward(req, res, path + (query === undefined ? "" : `?${query}`), credential);
  }

  function forward(req: IncomingMessage, res: ServerResponse, target: string, credential: Credential): void {
    const prefix = options.upstream.pathname.replace(/\/+$/, "");
    const send = secure ? secureRequest : request;
    const outgoing = send(options.upstream, {
      agent,
      method: req.method ?? "GET",
      path: prefix + target,
      headers: { ...forwardedRequestHeaders(req.headers, credential), host: options.upstream.host },
    });
    let sent = 0;
    req.on("data", (chunk: Buffer) => {
      sent += chunk.length;
      if (sent > MAX_REQUEST_BYTES) outgoing.destroy(new Error("the request is too large"));
    });
    req.pipe(outgoing);
    outgoing.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      res.writeHead(status, forwardedResponseHeaders(status, answer.headers));
      answer.pipe(res);
      // Half an answer must look like one: ending it properly would make it whole.
      answer.on("error", () => res.destroy());
      answer.on("close", () => answer.complete || res.destroy());
    });
    outgoing.on("error", (error) => {
      if (res.headersSent) res.destroy();
      else refuse(res, 502, "api_error", `the API can't be reached: ${error.message}`);
    });
    res.on("close", () => {
      if (!res.writableFinished) outgoing.destroy();
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });

  return {
    socketPath,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      agent.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function matches(given: string | null, token: string): boolean {
  const a = Buffer.from(given ?? "");
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(res: ServerResponse, status: number, type: string, message: string): void {
  if (res.headersSent) return void res.destroy();
  const body = JSON.stringify({ type: "error", error: { type, message } });
  res.writeHead(status, { "content-type": "application/json" }).end(body);
}
