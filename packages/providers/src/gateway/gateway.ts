/**
 * The one way from an isolated agent to the API. The real key stays in this process: the agent holds a token of this
 * run alone, and the gateway puts the key in its place.
 *
 * Owns a unix socket in a private folder. Talks to the upstream and to the meter of the run. Invariants:
 * W1 a request without the token of this run is refused and nothing of it is forwarded;
 * W2 only model requests are forwarded, only to the upstream, and no header of the agent's can name a key;
 * W3 bodies stream both ways, never held; a side that goes away takes the other one with it;
 * W4 with a meter, no model call is forwarded that it did not begin, and each that it began is ended once, also where the
 *    agent leaves before or amid its answer: under a budget others wait for it. A call that is refused is answered so that
 *    no agent asks again.
 */
import { timingSafeEqual } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import {
  createServer,
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from "node:http";
import { Agent as HttpsAgent, request as secureRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunnerError } from "@pm/core";
import type { CallMeter, MeteredCall } from "./call-meter.ts";
import {
  forwardedRequestHeaders,
  forwardedResponseHeaders,
  type GatewayCredential,
  tokenOf,
} from "./gateway-headers.ts";

export interface GatewayOptions {
  /** Base url of the API; its path is kept as a prefix. */
  readonly upstream: URL;
  /** Asked for each request, so that a login can be refreshed during a long run. */
  readonly credential: () => Promise<GatewayCredential>;
  /** What the agent sends as its key. */
  readonly token: string;
  /** Paths that are forwarded. */
  readonly allowed: RegExp;
  /** Counts what passes and keeps a budget; null where nobody needs to know. */
  readonly meter: CallMeter | null;
}

export interface Gateway {
  readonly socketPath: string;
  close(): Promise<void>;
}

/** The API takes 32 MB; more is no honest request. */
const MAX_REQUEST_BYTES = 40 * 1024 * 1024;
/** Costs nothing. */
const COUNTS_ONLY = /count_?tokens$/i;

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
    if (!options.allowed.test(path)) return refuse(res, 404, "not_found_error", `${path} is not forwarded`);
    if (Number(req.headers["content-length"] ?? 0) > MAX_REQUEST_BYTES) {
      return refuse(res, 413, "request_too_large", "the request is too large");
    }
    const gone = new AbortController();
    res.once("close", () => gone.abort());
    const credential = await options.credential();
    // Whoever left meanwhile would never end what is begun for it.
    if (gone.signal.aborted) return;
    let call: MeteredCall | null = null;
    if (options.meter !== null && req.method === "POST" && !COUNTS_ONLY.test(path)) {
      try {
        call = await options.meter.begin(gone.signal);
      } catch (error) {
        if (!isRunnerError(error)) return void res.destroy();
        // Agents ask again for minutes after most errors; this is one that they take for final.
        return refuse(res, 400, "invalid_request_error", error.message, { "x-should-retry": "false" });
      }
      if (gone.signal.aborted) return call.end(false);
    }
    forward(req, res, path + (query === undefined ? "" : `?${query}`), credential, call);
  }

  function forward(
    req: IncomingMessage,
    res: ServerResponse,
    target: string,
    credential: GatewayCredential,
    call: MeteredCall | null,
  ): void {
    const prefix = options.upstream.pathname.replace(/\/+$/, "");
    const send = secure ? secureRequest : request;
    const outgoing = send(options.upstream, {
      agent,
      method: req.method ?? "GET",
      path: prefix + target,
      headers: {
        ...forwardedRequestHeaders(req.headers, credential, call !== null),
        host: options.upstream.host,
      },
    });
    let sent = 0;
    let answer: IncomingMessage | null = null;
    const stop = () => {
      outgoing.destroy();
      // What came whole, but was not read yet, would not close by itself, and a call that is not ended lets none begin.
      answer?.destroy();
    };
    req.on("data", (chunk: Buffer) => {
      sent += chunk.length;
      call?.sent(chunk.length);
      if (sent > MAX_REQUEST_BYTES) outgoing.destroy(new Error("the request is too large"));
    });
    req.pipe(outgoing);
    outgoing.on("response", (incoming) => {
      answer = incoming;
      const status = incoming.statusCode ?? 502;
      const onChunk = call?.answer(status, incoming.headers, stop);
      if (onChunk !== undefined) incoming.on("data", onChunk);
      res.writeHead(status, forwardedResponseHeaders(status, incoming.headers));
      incoming.pipe(res);
      // Half an answer must look like one: ending it properly would make it whole.
      incoming.on("error", () => res.destroy());
      incoming.on("close", () => {
        const whole = incoming.complete && incoming.readableEnded;
        call?.end(whole);
        if (!whole) res.destroy();
      });
    });
    outgoing.on("close", () => {
      if (answer === null) call?.end(false);
    });
    outgoing.on("error", (error) => {
      if (res.headersSent) res.destroy();
      else refuse(res, 502, "api_error", `the API can't be reached: ${error.message}`);
    });
    res.on("close", () => {
      if (!res.writableFinished) stop();
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

function refuse(
  res: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers: OutgoingHttpHeaders = {},
): void {
  if (res.headersSent) return void res.destroy();
  const body = JSON.stringify({ type: "error", error: { type, message } });
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
