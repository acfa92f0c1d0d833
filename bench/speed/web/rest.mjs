// REST under load: `/api/health` beside a bare Express route in the same run, and `/api/task-groups` with 10,000 groups.
// Prints Markdown; exits 1 where a goal is missed. Needs wrk (Debian: apt-get install wrk) and a built apps/web.
// Usage: node bench/speed/web/rest.mjs [rounds]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reportRow } from "../support/report-row.mjs";
import { hasWrk, wrk } from "./support/wrk.mjs";

const GOALS = { health: 0.7, groups: 25 };
const GROUPS = 10_000;
const rounds = Math.max(3, Number(process.argv[2] ?? 11) || 11);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

if (!hasWrk()) exitWith("There is no wrk. On Debian: apt-get install wrk");
if (!existsSync(path("../../../apps/web/dist/index.js")))
  exitWith("apps/web is not built. Run: npx turbo run build");

const home = mkdtempSync(join(tmpdir(), "pm-bench-rest-"));
const servers = [];
try {
  const bare = await serve("serve-bare.mjs");
  const ours = await serve("serve-web.mjs", home, String(GROUPS));
  const load = { connections: 32, seconds: 1 };
  for (const port of [bare, ours]) wrk(port, "/api/health", load);
  const figures = { bare: [], ours: [], groups: [] };
  // By turns, so that what is compared runs close together on a machine that is not always the same.
  for (let round = 0; round < rounds; round += 1) {
    figures.bare.push(wrk(bare, "/api/health", load).perSecond);
    figures.ours.push(wrk(ours, "/api/health", load).perSecond);
    figures.groups.push(wrk(ours, "/api/task-groups", { connections: 8, seconds: 1 }).p99);
  }
  const [express, health, groups] = [median(figures.bare), median(figures.ours), median(figures.groups)];
  console.log("| what | bare Express | ours |\n|---|---|---|");
  console.log(`| /api/health, requests/s | ${Math.round(express)} | ${Math.round(health)} |`);
  console.log(`| /api/task-groups with ${GROUPS} groups, p99 ms | | ${groups.toFixed(1)} |\n`);
  const ratio = health / express;
  judge(
    "GET /api/health beside bare Express",
    `≥ ${GOALS.health} ×`,
    `${ratio.toFixed(2)} ×`,
    ratio >= GOALS.health,
  );
  const met = groups < GOALS.groups;
  judge(`GET /api/task-groups of ${GROUPS}, p99`, `< ${GOALS.groups} ms`, `${groups.toFixed(1)} ms`, met);
} finally {
  for (const server of servers) server.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
}

/** @returns the port of a server that answers */
async function serve(name, ...args) {
  const env = { ...process.env, NODE_ENV: "production" };
  const server = spawn(process.execPath, [path(`support/${name}`), ...args], {
    env,
    stdio: ["ignore", "pipe", 2],
  });
  servers.push(server);
  const [port] = await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
  if (!Buffer.isBuffer(port)) throw new Error(`${name} ended`);
  return Number(port);
}

function judge(what, goal, measured, met) {
  if (!met) process.exitCode = 1;
  reportRow({ what, goal, measured, met });
  console.log(`${what}: goal ${goal}, measured ${measured}: ${met ? "met" : "**missed**"}  `);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function exitWith(message) {
  console.error(message);
  process.exit(1);
}
