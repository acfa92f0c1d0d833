/**
 * What a task costs on DynamoDB through its whole life: capacity units of submit, claim, bind and finish, as the responses
 * of an emulator (dynalite) report them. Where it does not count by AWS's rules, they are applied here and said below the
 * table. Exits 1 where the goal is missed.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { reportRow } from "./support/report-row.mjs";

const TASKS = 40;
const GOAL = { write: 12, read: 6 };
const STEPS = ["submit", "claim", "bind", "finish"];
const INDEXES = [
  ["spk", "ssk"],
  ["gpk", "gsk"],
];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const queuePackage = here("../../packages/queue/");

const PAGES = ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/gates.md", "docs/glossary.md"];
const pages = PAGES.map((page) => readFileSync(here(`../../${page}`), "utf8")).join("");
/** Text that people wrote, for each task another piece of it. */
const prose = (bytes, n) => {
  const from = (n * 397) % (pages.length - bytes);
  return pages.slice(from, from + bytes);
};
const noise = (bytes) => randomBytes(bytes).toString("base64").slice(0, bytes);

const KINDS = {
  "100 B of text": { prompt: (n) => prose(100, n), key: false },
  "1 KB of text": { prompt: (n) => prose(1_024, n), key: false, goal: true },
  "1 KB of text, with an idempotency key": { prompt: (n) => prose(1_024, n), key: true, goal: true },
  "1 KB of base64": { prompt: () => noise(1_024), key: false },
  "10 KB of text": { prompt: (n) => prose(10_240, n), key: false },
};

const cache = join(queuePackage, "node_modules/.cache");
mkdirSync(cache, { recursive: true });
const built = mkdtempSync(join(cache, "bench-"));
try {
  process.exitCode = report(await measureAll(await loadEngine())) ? 0 : 1;
} finally {
  rmSync(built, { recursive: true, force: true });
}

async function loadEngine() {
  const names = [
    "src/dynamodb/open-dynamo-queue",
    "src/dynamodb/create-dynamo-table",
    "src/dynamodb/dynamo-table",
    "test/dynamodb/support/fault-proxy",
    "test/dynamodb/support/start-dynalite",
  ];
  await build({
    entry: names.map((name) => join(queuePackage, `${name}.ts`)),
    outDir: built,
    format: ["esm"],
    target: "node20",
    outExtension: () => ({ js: ".mjs" }),
    external: [/^@aws-sdk\//, "dynalite"],
    noExternal: ["@pm/core", "zod"],
    esbuildOptions(options) {
      options.alias = { "@pm/core": here("../../packages/core/src/index.ts") };
    },
    config: false,
    silent: true,
  });
  const modules = await Promise.all(
    names.map((name) => import(pathToFileURL(join(built, `${name}.mjs`)).href)),
  );
  return Object.assign({}, ...modules);
}

async function measureAll(engine) {
  const emulator = await engine.startDynalite();
  const proxy = await engine.startFaultProxy(emulator.endpoint);
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const clock = { now: () => new Date(), monotonic: () => performance.now() };
  const results = {};
  try {
    for (const [number, [kind, given]] of Object.entries(KINDS).entries()) {
      const aws = {
        namespace: `bench-${number}`,
        region: "eu-west-1",
        credentials,
        endpoint: emulator.endpoint,
      };
      await engine.createDynamoTable(aws);
      const table = engine.createDynamoTableClient(aws, clock);
      const meter = createMeter(proxy, table);
      const queue = engine.openDynamoQueue({ ...aws, endpoint: proxy.endpoint, onCapacity: meter.consumed });
      results[kind] = await measure(queue, meter, given);
      await queue.close();
      await table.close();
    }
  } finally {
    await proxy.stop();
    await emulator.stop();
  }
  return results;
}

/** The lives of some tasks, one step of all after the other, so that claims meet a queue that is not empty. */
async function measure(queue, meter, { prompt, key }) {
  const project = "github.com/example/project";
  const worker = { workerId: "build-host-1.example.org/12345/a1b2c3", leaseMs: 60_000 };
  const options = { kind: "change", scope: [], checks: [], provider: null, model: null, requires: null };
  // What a process asks once is no cost of a task.
  await queue.stats();
  meter.reset();
  const sums = {};
  const step = async (name, work) => {
    const result = await work();
    const cost = await meter.take();
    sums[name] ??= { read: 0, write: 0 };
    sums[name].read += cost.read;
    sums[name].write += cost.write;
    return result;
  };
  const id = (n) => `session-${String(n).padStart(4, "0")}x8q2w5`;
  for (let n = 0; n < TASKS; n++)
    await step("submit", () =>
      queue.submit({
        groupId: id(n),
        project,
        payload: { prompt: prompt(n), ...options },
        ...(key && { idempotencyKey: `request-${n}-0f3a9c` }),
      }),
    );
  for (let n = 0; n < TASKS; n++) {
    const got = await step("claim", () => queue.claimNext({ ...worker, projects: [project] }));
    const place = {
      sessionId: id(n),
      place: "build-host-1.example.org:/home/build/project",
      project: "place-7f3a",
    };
    await step("bind", () => queue.bind(got.claim, place));
    const outcome = {
      code: null,
      message: "All gates are silent; 3 files changed.",
      next_action: null,
      evidence_path: `/home/build/project/.pm/sessions/${id(n)}`,
      result_digest: "a".repeat(64),
    };
    await step("finish", () => queue.finish(got.claim, { state: "COMPLETE", outcome }));
  }
  return Object.fromEntries(
    Object.entries(sums).map(([name, { read, write }]) => [
      name,
      { read: read / TASKS, write: write / TASKS },
    ]),
  );
}

/** Counts what the responses report, and what the indexes cost, which dynalite leaves out. */
function createMeter(proxy, table) {
  let read = 0;
  let write = 0;
  let written = [];
  const itemOf = async (key) => (await table.get(key)) ?? {};
  proxy.hold = async ({ operation, body }) => {
    if (operation !== "PutItem" && operation !== "UpdateItem") return;
    const { pk, sk } = body.Key ?? body.Item;
    const key = { pk: pk.S, sk: sk.S };
    written.push({ key, before: await itemOf(key) });
  };
  const keyOf = (item, names) => names.map((name) => item[name]).join(" ");
  return {
    consumed(action, consumed) {
      const units = [consumed].flat().reduce((sum, each) => sum + (each?.CapacityUnits ?? 0), 0);
      if (action === "PutItem" || action === "UpdateItem") write += units;
      // A query that finds nothing costs half a unit in AWS.
      else read += Math.max(units, 0.5);
    },
    reset() {
      read = 0;
      write = 0;
      written = [];
    },
    async take() {
      let indexes = 0;
      for (const { key, before } of written) {
        const after = await itemOf(key);
        for (const names of INDEXES) {
          const [was, is] = [before, after].map((item) => (item[names[0]] ? keyOf(item, names) : null));
          if (was === is) continue;
          indexes += (was === null ? 0 : 1) + (is === null ? 0 : 1);
        }
      }
      const cost = { read, write: write + indexes };
      this.reset();
      return cost;
    },
  };
}

function report(results) {
  const rows = {};
  let ok = true;
  for (const [kind, steps] of Object.entries(results)) {
    const sum = (what) => STEPS.reduce((total, step) => total + steps[step][what], 0);
    const total = { write: sum("write"), read: sum("read") };
    const shown = (what) => STEPS.map((step) => steps[step][what].toFixed(1)).join(" + ");
    rows[kind] = {
      "write units": `${total.write.toFixed(1)} = ${shown("write")}`,
      "read units": `${total.read.toFixed(1)} = ${shown("read")}`,
    };
    if (!KINDS[kind].goal) continue;
    const met = total.write <= GOAL.write && total.read <= GOAL.read;
    ok &&= met;
    reportRow({
      what: `a task of ${kind} on DynamoDB, its whole life`,
      goal: `≤ ${GOAL.write} write and ${GOAL.read} read units`,
      measured: `${total.write.toFixed(1)} and ${total.read.toFixed(1)}`,
      met,
    });
  }
  console.log(`capacity units a task, each the first of its group, means of ${TASKS}: ${STEPS.join(" + ")}`);
  console.table(rows);
  console.log(
    "Counted from dynalite's responses, and corrected by AWS's rules where it counts otherwise: it leaves out the writes of\n" +
      "the indexes (one for an entry that comes or goes, two for one that moves) and takes nothing for a query that finds nothing.",
  );
  console.log(
    `goal for 1 KB of text ≤ ${GOAL.write} write and ${GOAL.read} read units: ${ok ? "met" : "MISSED"}`,
  );
  return ok;
}
