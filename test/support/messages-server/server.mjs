/**
 * A scripted model on loopback for tests and benches. It speaks Anthropic's Messages API, and OpenAI's Responses and Chat.
 *
 * Owns the listening socket and the list of requests it got. Invariants:
 * S1 a script that has run out answers 400 and says so in `problems`, it never loops;
 * S2 `close()` drops every open connection, hanging ones too.
 */
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { eventsOf, messageOf } from "./message-stream.mjs";
import { chatEvents, responsesEvents } from "./openai-streams.mjs";
import { httpError } from "./turns.mjs";

/**
 * @typedef {import("./turns.mjs").Turn} Turn
 * @typedef {{ method: string, path: string, headers: import("node:http").IncomingHttpHeaders, body: any, index: number, at: number }} ModelRequest
 *   `index` counts the message requests from 0; `at` is when its head came, as `performance.now()` tells it.
 * @typedef {readonly Turn[] | ((request: ModelRequest) => Turn | Promise<Turn>)} Script
 * @typedef {{ url: string, port: number, requests: ModelRequest[], problems: string[], close: () => Promise<void> }} MessagesServer
 */

/**
 * @param {Script} script One turn for each message request, or a function of the request.
 * @returns {Promise<MessagesServer>}
 */
export async function startMessagesServer(script) {
  /** @type {ModelRequest[]} */
  const requests = [];
  /** @type {string[]} */
  const problems = [];
  let messages = 0;

  const server = createServer((req, res) => {
    handle(req, res).catch((error) => {
      problems.push(String(error));
      res.destroy();
    });
  });

  /** @param {import("node:http").IncomingMessage} req @param {import("node:http").ServerResponse} res */
  async function handle(req, res) {
    const at = performance.now();
    const path = (req.url ?? "/").split("?")[0] ?? "/";
    const body = await readJson(req);
    const counts = req.method === "POST" && path in STREAMS;
    const request = {
      method: req.method ?? "",
      path,
      headers: req.headers,
      body,
      index: counts ? messages++ : -1,
      at,
    };
    requests.push(request);
    if (req.method === "HEAD") return void res.writeHead(200).end();
    if (path === "/v1/messages/count_tokens") return json(res, 200, { input_tokens: 10 });
    if (!counts) return json(res, 404, errorBody(httpError(404, `no route ${path}`)));
    const turn = typeof script === "function" ? await script(request) : script[request.index];
    if (turn === undefined) {
      problems.push(`no turn ${request.index} in the script`);
      return json(res, 400, errorBody(httpError(400, "the script has run out")));
    }
    await answer(res, turn, body, path);
  }

  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    problems,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @type {Record<string, (turn: Turn, model: string) => string[]>} */
const STREAMS = {
  "/v1/messages": (turn, model) => eventsOf(messageOf(turn, model)),
  "/v1/responses": responsesEvents,
  "/v1/chat/completions": chatEvents,
};
/** What says nothing but that the connection lives, by API. @type {Record<string, string>} */
const PINGS = { "/v1/messages": 'event: ping\ndata: {"type":"ping"}\n\n' };
const COMMENT = ": alive\n\n";

/** @param {import("node:http").ServerResponse} res @param {Turn} turn @param {any} body @param {string} path */
async function answer(res, turn, body, path) {
  if (turn.delayMs !== undefined) await wait(turn.delayMs);
  if (turn.status !== undefined) return json(res, turn.status, errorBody(turn), turn.headers);
  if (turn.hang === "start") return;
  const model = body?.model ?? "scripted";
  if (body?.stream !== true) return answerAtOnce(res, turn, messageOf(turn, model));
  const events = STREAMS[path]?.(turn, model) ?? [];
  const half = events.slice(0, 3);
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  if (turn.hang === "middle") return void res.write(half.join(""));
  if (turn.truncate) return void res.write(half.join(""), () => res.destroy());
  for (let ping = 0; ping < (turn.pings ?? 0); ping += 1) {
    if (ping === 0) res.write(events.shift() ?? "");
    await wait(turn.pingEveryMs ?? 0);
    res.write(PINGS[path] ?? COMMENT);
  }
  res.end(events.join(""));
}

/** Without streaming; what breaks a stream breaks this answer too. @param {import("node:http").ServerResponse} res @param {Turn} turn @param {unknown} message */
function answerAtOnce(res, turn, message) {
  if (turn.hang !== undefined) return;
  if (!turn.truncate) return json(res, 200, message);
  res.writeHead(200, { "content-type": "application/json" });
  res.write('{"type":"message",', () => res.destroy());
}

/** @param {Turn} turn */
const errorBody = (turn) => ({
  type: "error",
  error: { type: turn.errorType, code: turn.errorCode ?? null, message: turn.message },
});

/** @param {import("node:http").ServerResponse} res @param {number} status @param {unknown} body @param {Record<string, string>} [headers] */
function json(res, status, body, headers = {}) {
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** @param {import("node:http").IncomingMessage} req */
async function readJson(req) {
  let raw = "";
  req.setEncoding("utf8");
  for await (const chunk of req) raw += chunk;
  try {
    return raw === "" ? null : JSON.parse(raw);
  } catch {
    return null;
  }
}
