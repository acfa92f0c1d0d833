// Many clients of the event stream in one process: each counts its messages, sees to their order, and notes how long they took.
import { once } from "node:events";
import { Agent, request } from "node:http";

const { port, token, logins, clients, expected } = JSON.parse(process.argv[2]);
const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
const host = `localhost:${port}`;
const MESSAGE =
  /^id: [0-9a-f]+-(\d+)\ndata: \{"type":"journal",.*"line":"the provider objected: ([\d.]+) (\d+) /;

async function ask(options, body) {
  const asked = request({
    host: "127.0.0.1",
    port,
    agent,
    ...options,
    headers: { host, ...options.headers },
  });
  asked.end(body);
  const [response] = await once(asked, "response");
  return response;
}

async function login(token) {
  const headers = { "content-type": "application/json" };
  const response = await ask({ method: "POST", path: "/api/login", headers }, JSON.stringify({ token }));
  response.resume();
  if (response.statusCode !== 204) throw new Error(`login: ${response.statusCode}`);
  return response.headers["set-cookie"][0].split(";")[0];
}

/** Another device: a link made on one that is logged in. */
async function loginFrom(cookie) {
  const headers = { "content-type": "application/json", cookie };
  const response = await ask({ method: "POST", path: "/api/login-links", headers });
  const { url } = await new Response(response).json();
  return login(url.split("#login=")[1]);
}

const latencies = new Float64Array(clients * expected);
let delivered = 0;
let disorder = 0;
let done = 0;

async function listen(cookie) {
  const response = await ask({ path: "/api/events", headers: { cookie } });
  if (response.statusCode !== 200) throw new Error(`stream: ${response.statusCode}`);
  let text = "";
  let last = 0;
  let lastId = null;
  response.setEncoding("utf8");
  response.on("data", (chunk) => {
    const now = performance.timeOrigin + performance.now();
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const found = MESSAGE.exec(block);
      if (found === null) continue;
      const [, id, at, n] = found.map(Number);
      if (n !== last + 1 || (lastId !== null && id <= lastId)) disorder += 1;
      last = n;
      lastId = id;
      latencies[delivered] = now - at;
      delivered += 1;
      if (n === expected) done += 1;
    }
    if (done === clients) finish();
  });
  response.on("close", () => process.send({ kind: "lost" }));
}

function finish() {
  done = -1;
  const sorted = latencies.subarray(0, delivered).sort();
  const at = (share) => sorted[Math.min(delivered - 1, Math.floor(delivered * share))];
  process.send({ kind: "done", delivered, disorder, median: at(0.5), p99: at(0.99), longest: at(1) });
}

const cookies = [await login(token)];
while (cookies.length < logins) cookies.push(await loginFrom(cookies[0]));
for (let n = 0; n < clients; n += 1) await listen(cookies[n % cookies.length]);
process.send({ kind: "ready" });
