// The event stream of `pm web`: 200 clients in a process of their own, 100 lines of a journal a second. Memory and CPU of the
// server, and for every client whether each message came once and in order, and how long it took. Exits 1 where a goal is missed.
// Usage: node bench/speed/web/events.mjs [seconds] [clients] [messages a second]
import { fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { reportRow } from "../support/report-row.mjs";

const GOALS = { rssMb: 250, p99Ms: 250 };
const STREAMS_A_LOGIN = 8;
const [seconds = 20, clients = 200, perSecond = 100] = process.argv.slice(2).map(Number);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** Below the package whose native library it needs. */
async function bundleServer(dir) {
  const outfile = join(dir, "event-server.mjs");
  await build({
    ...{ bundle: true, platform: "node", target: "node20", format: "esm", logLevel: "error", outfile },
    entryPoints: [path("support/event-server.ts")],
    alias: {
      "@pm/core": path("../../../packages/core/src/index.ts"),
      "@pm/queue": path("../../../packages/queue/src/index.ts"),
      "@pm/web": path("../../../apps/web/src/index.ts"),
    },
    external: ["@photostructure/sqlite", "@aws-sdk/*", "@smithy/*"],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return outfile;
}

/** What a child sends, by its kind; each kind can be waited for once. */
function start(script, options) {
  const child = fork(script, [JSON.stringify(options)]);
  const heard = new Map();
  const slot = (kind) => {
    if (!heard.has(kind)) heard.set(kind, Promise.withResolvers?.() ?? withResolvers());
    return heard.get(kind);
  };
  child.on("message", (message) => slot(message.kind).resolve(message));
  child.on("exit", (code) => {
    for (const kind of ["ready", "said", "done"])
      slot(kind).reject(new Error(`${script} ended with ${code}`));
  });
  for (const kind of ["ready", "said", "done"]) slot(kind).promise.catch(() => {});
  return { child, heard: (kind) => slot(kind).promise };
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

const cache = path("../../../packages/queue/node_modules/.cache");
mkdirSync(cache, { recursive: true });
const dir = mkdtempSync(join(cache, "bench-events-"));
const children = [];
try {
  const home = join(dir, "home");
  mkdirSync(home);
  const logins = Math.ceil(clients / STREAMS_A_LOGIN);
  const server = start(await bundleServer(dir), { home, perSecond, seconds });
  children.push(server.child);
  const { port, token } = await server.heard("ready");
  const expected = perSecond * seconds;
  const readers = start(path("support/event-clients.mjs"), { port, token, logins, clients, expected });
  children.push(readers.child);
  await readers.heard("ready");
  server.child.send("run");
  const { rss, cpu } = await server.heard("said");
  const late = AbortSignal.timeout(10_000);
  const { delivered, disorder, median, p99, longest } = await Promise.race([
    readers.heard("done"),
    new Promise((_, reject) =>
      late.addEventListener("abort", () => reject(new Error("not every message came"))),
    ),
  ]);
  const of = `${clients} clients × ${perSecond} messages/s`;
  const rssMb = rss / 2 ** 20;
  const rows = [
    {
      what: `event stream: server's memory, ${of}`,
      goal: `RSS < ${GOALS.rssMb} MB`,
      measured: `${rssMb.toFixed(0)} MB, ${(cpu * 100).toFixed(0)} % of a core`,
      met: rssMb < GOALS.rssMb,
    },
    {
      what: `event stream: messages in ${seconds} s, ${of}`,
      goal: `${clients * expected}, each once and in order`,
      measured: `${delivered}, ${disorder} out of order`,
      met: delivered === clients * expected && disorder === 0,
    },
    {
      what: `event stream: delivery, ${of}`,
      goal: `p99 ≤ ${GOALS.p99Ms} ms`,
      measured: `median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`,
      met: p99 <= GOALS.p99Ms,
    },
  ];
  for (const row of rows) {
    reportRow(row);
    console.log(`${row.what}: ${row.measured} (goal ${row.goal}): ${row.met ? "met" : "MISSED"}`);
  }
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
