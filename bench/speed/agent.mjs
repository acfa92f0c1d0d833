// Our own agent beside the real Claude Code CLI, the same edit in the same repository and in the same isolation, with a model
// that answers at once, in turns: wall time of the run, and the memory of all processes. Then 200 turns of our own agent: whether a turn takes
// as long at the end as at the beginning, and the memory of its process. Exits 1 where a goal is missed. Needs built packages.
// Usage: node bench/speed/agent.mjs [rounds, at least 5]
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startMessagesServer } from "../../test/support/messages-server/server.mjs";
import { text, tool } from "../../test/support/messages-server/turns.mjs";
import { editingTurns, generateProject, PROMPT } from "./support/generated-project.mjs";
import { reportRow } from "./support/report-row.mjs";
import { watchTreeMemory } from "./support/tree-memory.mjs";

const GOAL = { wall: 0.5, memory: 0.6, turn: 1.3, rssMb: 200 };
const TURNS = 200;
const EDGE = 20;
const FILES = 100;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const CLAUDE = here("../../node_modules/.bin/claude");
const rounds = Math.max(5, Number(process.argv[2] ?? 5) || 5);
const root = mkdtempSync(join(tmpdir(), "pm-bench-agent-"));
const project = join(root, "project");
const home = join(root, "home");
mkdirSync(home);
const RUN = join(root, "run", "agent-run.mjs");

try {
  generateProject(join(root, "template"), FILES);
  await bundleRun();
  const met = [...(await besideClaude()), ...(await manyTurns())];
  process.exitCode = met.every(Boolean) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** As users have it in the packed command: one file, and the program of the tools beside it. */
async function bundleRun() {
  await build({
    entryPoints: [here("support/agent-run.mjs")],
    outfile: RUN,
    ...{
      bundle: true,
      minify: true,
      platform: "node",
      format: "esm",
      target: "node20",
      mainFields: ["module", "main"],
    },
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  cpSync(here("../../packages/providers/dist/tool-host"), join(root, "run", "tool-host"), {
    recursive: true,
  });
}

async function besideClaude() {
  const server = await startMessagesServer(({ body }) => {
    const said = body.messages.filter(({ role }) => role === "assistant").length;
    const isClaude = body.tools.some(({ name }) => name === "Write");
    return (isClaude ? editingTurns(project) : editingTurns(project).map(inOurWords))[said];
  });
  const [theirs, ours] = [[], []];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await edited(() => timed(CLAUDE, server.url)));
    ours.push(await edited(() => timed("own", server.url)));
  }
  await server.close();
  const wall = [ours, theirs].map((runs) => median(runs.map((run) => run.wall)));
  const memory = [ours, theirs].map((runs) => median(runs.map((run) => run.memory)));
  return [
    verdict("our own agent, the same edit as the real CLI: wall", wall, GOAL.wall, "ms"),
    verdict("our own agent, the same edit: memory of all processes", memory, GOAL.memory, "MB"),
  ];
}

/** The same turn with the tools of our own agent. */
function inOurWords(turn) {
  const content = turn.content.map((block) => {
    if (block.type !== "tool_use") return block;
    const { file_path, ...rest } = block.input;
    return { ...block, name: block.name.toLowerCase(), input: { path: file_path, ...rest } };
  });
  return { ...turn, content };
}

async function edited(work) {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "template"), project, { recursive: true });
  const run = await work();
  if (readFileSync(join(project, "src/slug.js"), "utf8").includes("throw"))
    throw new Error("the edit was not made");
  return run;
}

/** A turn of the agent lasts from the answer of the model until the head of the next request comes; what the server reads is not it. */
async function manyTurns() {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "template"), project, { recursive: true });
  writeFileSync(join(project, "notes.txt"), "a line of some fifty letters, as they are in code\n".repeat(40));
  const turns = [];
  let answered;
  const server = await startMessagesServer(({ index, at }) => {
    if (answered !== undefined) turns.push(at - answered);
    answered = performance.now();
    return index < TURNS ? tool("read", { path: "notes.txt", offset: 1 + (index % 20) }) : text("Done.");
  });
  // Nothing else is done here meanwhile: this process is the model too.
  const { record, rssKb } = await timed("own", server.url, () => () => 0);
  await server.close();
  if (record.tool_calls !== TURNS) throw new Error(`${record.tool_calls} turns: ${record.error_message}`);
  const ends = [median(turns.slice(-EDGE)), median(turns.slice(0, EDGE))];
  const rssMb = Math.round(rssKb / 1024);
  const small = rssMb < GOAL.rssMb;
  console.log(
    `memory of its process after ${TURNS} turns: ${rssMb} MB, goal < ${GOAL.rssMb}: ${word(small)}`,
  );
  const what = `our own agent, ${TURNS} turns: memory of its process`;
  reportRow({ what, goal: `< ${GOAL.rssMb} MB`, measured: `${rssMb} MB`, met: small });
  return [
    verdict(`our own agent, last ${EDGE} of ${TURNS} turns beside the first`, ends, GOAL.turn, "ms"),
    small,
  ];
}

/** @returns how long the run took, ms; the memory of its process and all below it, MB; its record */
function timed(agent, url, watch = watchTreeMemory) {
  const child = spawn(process.execPath, [RUN, agent, url, project, home, PROMPT], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: tmpdir() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const memoryOf = watch(child.pid);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const memory = memoryOf();
      if (code !== 0) return reject(new Error(`the run of ${agent} ended ${code}: ${errors.slice(-2000)}`));
      const { ms: wall, ...run } = JSON.parse(output);
      resolve({ ...run, wall, memory });
    });
  });
}

function verdict(what, [ours, theirs], goal, unit) {
  const ratio = ours / theirs;
  const met = ratio <= goal;
  const digits = unit === "ms" && theirs < 100 ? 1 : 0;
  const measured = `${ratio.toFixed(2)} × (${ours.toFixed(digits)} ${unit} against ${theirs.toFixed(digits)} ${unit})`;
  console.log(`${what}: ${measured}, goal ≤ ${goal} ×: ${word(met)}`);
  reportRow({ what, goal: `≤ ${goal} ×`, measured, met });
  return met;
}

function word(met) {
  return met ? "met" : "MISSED";
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
