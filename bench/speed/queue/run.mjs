// The queue beside others of its kind, in one run: durable claims and ends by one worker and by four processes, how it scales
// with what has ended, how soon another process begins, and what waiting costs. Prints Markdown; exits 1 where a goal is missed.
// Needs redis-server (Debian: apt-get install redis-server) and a built packages/queue.
// Usage: node bench/speed/queue/run.mjs [--small]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { reportRow } from "../support/report-row.mjs";
import { bareSyncs } from "./support/bare-syncs.mjs";
import { machineMs, ms, percentile } from "./support/figures.mjs";
import { dependencies, installPeers } from "./support/peers.mjs";
import { redisVersion, startRedis } from "./support/redis.mjs";
import { startWorker } from "./support/start-worker.mjs";

const small = process.argv.includes("--small");
const TASKS = small ? 2_000 : 20_000;
const PROMPT = "x".repeat(200);
const ENDED = small ? [500, 5_000] : [1_000, 100_000];
const CLAIMS = small ? 300 : 3_000;
const STARTS = small ? 30 : 300;
const IDLE_MS = small ? 2_000 : 20_000;
const AT_ONCE = 50;

/** Ways to work: how many processes, and how many tasks each runs at once; `pm worker` runs four unless it is told otherwise. */
const WAYS = [
  { workers: 1, atOnce: 1 },
  { workers: 4, atOnce: 1 },
  { workers: 1, atOnce: 4 },
  { workers: 4, atOnce: 4 },
];
const ALONE = WAYS.slice(0, 2);

const redis = redisVersion();
if (redis === null) exitWith("There is no redis-server. On Debian: apt-get install redis-server");
if (!existsSync(fileURLToPath(new URL("../../../packages/queue/dist/index.js", import.meta.url))))
  exitWith("packages/queue is not built. Run: npx turbo run build");
const peers = installPeers();
const root = mkdtempSync(join(tmpdir(), "pm-bench-queue-run-"));
const missed = [];
let folders = 0;

try {
  await compareEngines();
  await compareEnded();
  await compareWaiting();
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function exitWith(message) {
  console.error(message);
  process.exit(1);
}

function goal(what, wanted, measured, met) {
  if (!met) missed.push(what);
  if (!small) reportRow({ what, goal: wanted, measured, met });
  console.log(`${what}: goal ${wanted}, measured ${measured}: ${met ? "met" : "**missed**"}  `);
}

function newHome() {
  const home = join(root, String(++folders));
  mkdirSync(home);
  return home;
}

/** Runs `use` with the place of an engine that is made for it. */
async function withPlace({ engine, appendfsync, full }, use) {
  if (engine !== "bullmq") return use({ peers, home: newHome(), full: full ?? false });
  const server = await startRedis(newHome(), appendfsync);
  try {
    return await use({ peers, socket: server.socket });
  } finally {
    await server.stop();
  }
}

async function compareEngines() {
  const { bullmq, plainjob } = dependencies();
  const rows = [
    { name: "ours, SQLite, every commit synced", engine: "sqlite", ways: WAYS },
    {
      name: `BullMQ ${bullmq}, Redis ${redis}, everysec`,
      engine: "bullmq",
      appendfsync: "everysec",
      ways: WAYS,
    },
    { name: `BullMQ ${bullmq}, Redis ${redis}, always`, engine: "bullmq", appendfsync: "always", ways: WAYS },
    { name: `plainjob ${plainjob}, as it is (NORMAL)`, engine: "plainjob", ways: ALONE },
    { name: `plainjob ${plainjob}, every commit synced`, engine: "plainjob", full: true, ways: ALONE },
  ];
  const results = [];
  // Way by way, so that what is compared runs close together on a machine that is not always the same.
  for (const way of WAYS)
    for (const row of rows.filter(({ ways }) => ways.includes(way)))
      results.push({ ...row, ...way, ...(await withPlace(row, (place) => race(row, place, way))) });
  const find = (engine, way, appendfsync) =>
    results.find(
      (one) =>
        one.engine === engine &&
        one.workers === way.workers &&
        one.atOnce === way.atOnce &&
        one.appendfsync === appendfsync,
    );
  console.log(
    `${TASKS} tasks of 300 B, claim + finish. A bare write + fsync loop: ${bareSyncs(root)} a second\n`,
  );
  console.log(
    "| queue | processes × tasks at once | tasks/s | of BullMQ everysec | claim p50 / p99 / worst, ms | least busy process |",
  );
  console.log("|---|---|---|---|---|---|");
  for (const one of results) {
    const ratio = one.rate / find("bullmq", one, "everysec").rate;
    const claims = [percentile(one.claims, 0.5), percentile(one.claims, 0.99), one.worst].map(ms).join(" / ");
    const least = one.workers === 1 ? "" : `${(100 * one.least).toFixed(0)} %`;
    const way = `${one.workers} × ${one.atOnce}`;
    console.log(
      `| ${one.name} | ${way} | ${Math.round(one.rate)} | ${ratio.toFixed(2)} × | ${claims} | ${least} |`,
    );
  }
  console.log("");
  for (const way of WAYS) {
    const ours = find("sqlite", way);
    const beside = (appendfsync, wanted) => {
      const ratio = ours.rate / find("bullmq", way, appendfsync).rate;
      const who = `${way.workers} × ${way.atOnce}`;
      const what = `queue, ${who} beside BullMQ ${appendfsync}`;
      goal(what, `≥ ${wanted} ×`, `${ratio.toFixed(2)} ×`, ratio >= wanted);
    };
    beside("everysec", 1);
    if (way.workers === 1) beside("always", 3);
    if (way.workers === 1) continue;
    const who = `of ${way.workers} × ${way.atOnce}`;
    goal(`queue, least busy ${who}`, "≥ 15 %", `${(100 * ours.least).toFixed(1)} %`, ours.least >= 0.15);
    goal(`queue, worst claim ${who}`, "< 250 ms", `${ms(ours.worst)} ms`, ours.worst < 250);
  }
  const eight = await withPlace(rows[0], (place) => race(rows[0], place, { workers: 8, atOnce: 1 }));
  goal("queue, worst claim of eight processes", "< 250 ms", `${ms(eight.worst)} ms`, eight.worst < 250);
}

/** Workers that start at the same moment do all tasks. */
async function race({ engine }, place, { workers: count, atOnce }) {
  const { open } = await import(`./engines/${engine}.mjs`);
  const submitter = await open(place);
  for (let done = 0; done < TASKS; done += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => submitter.submit(PROMPT)));
  await submitter.close();
  const workers = Array.from({ length: count }, () => startWorker(engine, place, "work", atOnce));
  for (const worker of workers) await worker.tells("ready");
  for (const worker of workers) worker.say("go");
  const done = await Promise.all(workers.map((worker) => worker.tells("done")));
  await Promise.all(workers.map(({ ended }) => ended));
  const claims = done.flatMap((one) => one.claims);
  if (claims.length !== TASKS) throw new Error(`${engine}: ${claims.length} claims of ${TASKS} tasks`);
  const took = Math.max(...done.map(({ last }) => last)) - Math.min(...done.map(({ began }) => began));
  return {
    rate: (1e3 * TASKS) / took,
    claims,
    worst: percentile(claims, 1),
    least: Math.min(...done.map((one) => one.claims.length)) / TASKS,
  };
}

/** Two files, one with many ended tasks, are asked in turns. */
async function compareEnded() {
  const { open } = await import("./engines/sqlite.mjs");
  const queues = [];
  for (const ended of ENDED) {
    const queue = await open({ home: newHome() });
    await queue.fill(ended, PROMPT);
    for (let n = 0; n < CLAIMS; n++) await queue.submit(PROMPT);
    queues.push({ queue, claims: [] });
  }
  for (let n = 0; n < CLAIMS; n++)
    for (const { queue, claims } of queues) claims.push(await queue.claimOnce());
  for (const { queue } of queues) await queue.close();
  const [few, many] = queues.map(({ claims }) => percentile(claims, 0.99));
  const what = `queue, claim p99 with ${ENDED[1]} ended tasks beside ${ENDED[0]}`;
  console.log("");
  goal(
    what,
    "≤ 1.3 ×",
    `${(many / few).toFixed(2)} × (${ms(many)} against ${ms(few)} ms)`,
    many / few <= 1.3,
  );
}

async function compareWaiting() {
  console.log(
    "\n| queue | submit → start in an idle process, p50 / p99, ms | CPU of a waiting worker |\n|---|---|---|",
  );
  const ours = await withPlace({ engine: "sqlite" }, (place) => waiting("sqlite", place));
  const theirs = await withPlace({ engine: "bullmq", appendfsync: "everysec" }, (place) =>
    waiting("bullmq", place),
  );
  for (const [name, { starts, cpu }] of [
    ["ours, SQLite", ours],
    ["BullMQ, Redis everysec", theirs],
  ])
    console.log(
      `| ${name} | ${ms(percentile(starts, 0.5))} / ${ms(percentile(starts, 0.99))} | ${(100 * cpu).toFixed(2)} % |`,
    );
  console.log("");
  const p99 = percentile(ours.starts, 0.99);
  goal("queue, submit → start in an idle process, p99", "< 100 ms", `${ms(p99)} ms`, p99 < 100);
  goal(
    "queue, CPU of a waiting worker",
    "< 1 % of a core",
    `${(100 * ours.cpu).toFixed(2)} %`,
    ours.cpu < 0.01,
  );
}

async function waiting(engine, place) {
  const { open } = await import(`./engines/${engine}.mjs`);
  const submitter = await open(place);
  const worker = startWorker(engine, place, "wait");
  await worker.tells("ready");
  await delay(500);
  const submittedAt = new Map();
  const starts = [];
  worker.onLine(({ tells, prompt, at }) => {
    if (tells === "started") starts.push(at - submittedAt.get(prompt));
  });
  for (let n = 0; n < STARTS; n++) {
    submittedAt.set(`task ${n}`, machineMs());
    await submitter.submit(`task ${n}`);
    await delay(40 + 60 * Math.random());
  }
  while (starts.length < STARTS) await delay(20);
  worker.say("idle");
  await delay(IDLE_MS);
  worker.say("awake");
  const { share } = await worker.tells("cpu");
  worker.end();
  await worker.ended;
  await submitter.close();
  return { starts, cpu: share };
}
