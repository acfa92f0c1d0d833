// What a child that floods pm with output costs pm: 1 GB, one line of 10 MB, bytes that are no UTF-8; and what a run
// in each isolation costs before it does anything. Every case runs in a process of its own, whose greatest RSS is what
// is shown. Exits 1 where the goal (RSS below 300 MB, every byte counted) is missed.
// Usage: node bench/speed/output-flood.mjs
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { reportRow } from "./support/report-row.mjs";

const GOAL_RSS_MB = 300;
const MAX_LINE_BYTES = 4 * 1024 * 1024;
const IDLE_RUNS = 20;
/** What the child does, and the bytes that it must have been seen to write. */
const CASES = {
  "1 GB of zeros": { script: "head -c 1000000000 /dev/zero", bytes: 1_000_000_000 },
  "1 GB of short lines": { script: "yes 'all work and no play' | head -c 1000000000", bytes: 1_000_000_000 },
  "one line of 10 MB": {
    script: "echo first; head -c 10000000 /dev/zero | tr '\\0' x; echo; echo last",
    bytes: 10_000_012,
    lines: 2,
    oversize: 1,
  },
  "100 MB that is no UTF-8": { script: "head -c 100000000 /dev/urandom", bytes: 100_000_000 },
};
const LEVELS = ["sandbox", "process"];

const [, self, built, level, name] = process.argv;
if (built === undefined) await main();
else console.log(JSON.stringify(await (name === "idle" ? measureIdle() : measureFlood())));

async function main() {
  const root = mkdtempSync(join(tmpdir(), "pm-bench-flood-"));
  try {
    const outdir = join(root, "built");
    await build({
      entryPoints: ["choose-isolation", "line-splitter"].map((file) =>
        fileURLToPath(new URL(`../../packages/core/src/sandbox/${file}.ts`, import.meta.url)),
      ),
      outdir,
      bundle: true,
      platform: "node",
      format: "esm",
      outExtension: { ".js": ".mjs" },
      logLevel: "error",
    });
    const ask = (...args) => {
      const output = execFileSync(process.execPath, [self, outdir, ...args], { encoding: "utf8", cwd: root });
      return JSON.parse(output);
    };
    process.exitCode = printFloods(ask) ? 0 : 1;
    printIdle(ask);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function printFloods(ask) {
  const rows = {};
  let met = true;
  for (const [title, wanted] of Object.entries(CASES)) {
    for (const on of LEVELS) {
      const seen = ask(on, title);
      const exact =
        seen.bytes === wanted.bytes &&
        seen.kept <= 1024 * 1024 &&
        (wanted.lines === undefined || (seen.lines === wanted.lines && seen.oversize === wanted.oversize));
      const good = exact && seen.rssMb < GOAL_RSS_MB;
      met &&= good;
      const measured = `${Math.round(seen.rssMb)} MB, ${exact ? "exact" : "not exact"}`;
      const goal = `RSS < ${GOAL_RSS_MB} MB, every byte counted`;
      reportRow({ what: `a child that writes ${title}, level ${on}`, goal, measured, met: good });
      rows[`${title}, ${on}`] = {
        "RSS MB": Math.round(seen.rssMb),
        s: (seen.ms / 1000).toFixed(2),
        "MB/s": Math.round(seen.bytes / 1000 / seen.ms),
        "bytes kept": seen.kept,
        "lines dropped": seen.oversize,
        exact,
      };
    }
  }
  console.table(rows);
  console.log(`goal RSS < ${GOAL_RSS_MB} MB and every byte counted: ${met ? "met" : "MISSED"}\n`);
  return met;
}

function printIdle(ask) {
  const bare = [];
  for (let i = 0; i < IDLE_RUNS; i++) {
    const started = performance.now();
    spawnSync("/bin/true");
    bare.push(performance.now() - started);
  }
  const rows = { "bare spawn": { "ms, median": median(bare).toFixed(1) } };
  for (const on of LEVELS) {
    const { idle, endpoint } = ask(on, "idle");
    rows[on] = { "ms, median": idle.toFixed(1), "with an endpoint": endpoint.toFixed(1) };
  }
  console.log(`a run of /bin/true, ${IDLE_RUNS} times`);
  console.table(rows);
}

async function isolationHere() {
  const { chooseIsolation } = await import(pathToFileURL(join(built, "choose-isolation.mjs")).href);
  const root = mkdtempSync(join(process.cwd(), "run-"));
  const at = (dir) => {
    mkdirSync(join(root, dir));
    return join(root, dir);
  };
  const place = {
    dir: at("workspace"),
    mountAt: at("project"),
    access: "write",
    dependencies: [],
    home: at("home"),
    readable: [],
  };
  const isolation = await chooseIsolation({ requested: level, required: false });
  return (spec) => isolation.run(place, { limitMs: 120_000, ...spec });
}

async function measureFlood() {
  const { createLineSplitter } = await import(pathToFileURL(join(built, "line-splitter.mjs")).href);
  const run = await isolationHere();
  let lines = 0;
  let oversize = 0;
  const splitter = createLineSplitter({
    maxLineBytes: MAX_LINE_BYTES,
    onLine: () => {
      lines += 1;
    },
    onOversize: () => {
      oversize += 1;
    },
  });
  const started = performance.now();
  const result = await run({
    argv: ["/bin/sh", "-c", CASES[name].script],
    onStdout: (chunk) => splitter.push(chunk),
  });
  splitter.end();
  const ms = performance.now() - started;
  const { bytes, head, tail } = result.stdout;
  const kept = head.length + tail.length;
  return { bytes, kept, lines, oversize, ms, rssMb: process.resourceUsage().maxRSS / 1024 };
}

async function measureIdle() {
  const run = await isolationHere();
  const endpoint = { socketPath: join(process.cwd(), "none.sock"), env: () => ({}) };
  const { createServer } = await import("node:net");
  const server = createServer().listen(endpoint.socketPath);
  const timesOf = async (spec) => {
    const times = [];
    for (let i = 0; i < IDLE_RUNS; i++) {
      const started = performance.now();
      await run({ argv: ["/bin/true"], ...spec });
      times.push(performance.now() - started);
    }
    return median(times);
  };
  const measured = { idle: await timesOf({}), endpoint: await timesOf({ endpoint }) };
  server.close();
  rmSync(endpoint.socketPath, { force: true });
  return measured;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
