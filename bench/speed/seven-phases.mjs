// All seven phases with the real Claude Code CLI and a scripted model that answers at once, beside one bare `claude -p`
// run that makes the same edit in the same repository of 1,000 files. Rounds alternate, so that a busy machine slows
// both alike. The runner's own share is the wall time in which neither an agent process nor a QA or check command ran.
// Exits 1 where a goal is missed. Needs a built apps/cli.
// Usage: node bench/speed/seven-phases.mjs [rounds, at least 5] [folder of a built apps/cli] [--spans]
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startMessagesServer } from "../../test/support/messages-server/server.mjs";
import { whereIn } from "../../test/support/messages-server/seven-phases.mjs";
import { ANSWERS, editingTurns, generateProject, PROMPT } from "./support/generated-project.mjs";
import { reportRow } from "./support/report-row.mjs";

const FILES = 1000;
const GOAL_RATIO = 4;
const GOAL_OWN_MS = 500;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const rounds = Math.max(5, Number(process.argv[2] ?? 5) || 5);
const CLAUDE = here("../../node_modules/.bin/claude");
const PROBE = here("support/span-probe.mjs");

const root = mkdtempSync(join(tmpdir(), "pm-bench-phases-"));
const project = join(root, "project");
const server = await startMessagesServer(answer);
try {
  // A copy: a rebuild in the middle would change what is measured.
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(process.argv[3] ?? here("../../apps/cli"), part), join(root, "cli", part), {
      recursive: true,
    });
  generateProject(join(root, "template"), FILES);
  const bare = [];
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await inFreshProject(runBare));
    runs.push(await inFreshProject(runPhases));
  }
  process.exitCode = print(bare, runs) ? 0 : 1;
} finally {
  await server.close();
  rmSync(root, { recursive: true, force: true });
}

/** The scripted model; a prompt without a phase is the bare run's. */
function answer(request) {
  const messages = request.body?.messages ?? [];
  const { phase, said } = whereIn(messages);
  const reading = ANSWERS[phase];
  if (reading !== undefined) return reading;
  const soFar = phase === "" ? messages.filter(({ role }) => role === "assistant").length : said;
  const turn = editingTurns(project)[soFar];
  if (turn === undefined) throw new Error(`no turn ${soFar} for ${phase || "the bare run"}`);
  return turn;
}

async function inFreshProject(work) {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "template"), project, { recursive: true, preserveTimestamps: true });
  // git's index knows the copies, as it knows a person's files.
  execFileSync("git", ["-C", project, "status", "--short"], { stdio: "ignore" });
  const run = await work();
  if (readFileSync(join(project, "src/slug.js"), "utf8").includes("throw"))
    throw new Error("the edit was not made");
  return run;
}

function environment() {
  const home = join(root, "home");
  mkdirSync(home, { recursive: true });
  return {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: tmpdir(),
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: "sk-ant-bench",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
  };
}

/** @returns when it began and how long it took, ms */
function timed(command, args, env, input) {
  const from = performance.timeOrigin + performance.now();
  const child = spawn(command, args, { cwd: project, env, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const wall = performance.timeOrigin + performance.now() - from;
      if (code === 0) resolve({ from, wall });
      else reject(new Error(`${command} ${args[0]} ended ${code}: ${output.slice(-2000)}`));
    });
  });
}

/** As a person would call it. */
function runBare() {
  const flags = ["-p", "--output-format", "stream-json", "--verbose"];
  const permissions = ["--permission-mode", "acceptEdits", "--allowedTools", "Bash"];
  return timed(CLAUDE, [...flags, ...permissions], environment(), PROMPT);
}

async function runPhases() {
  const spans = join(root, "spans.jsonl");
  rmSync(spans, { force: true });
  const env = { ...environment(), PM_HOME: join(root, "pm"), PM_CLAUDE_BIN: CLAUDE, PM_BENCH_SPANS: spans };
  const args = ["--import", PROBE, join(root, "cli/bin/pm.js"), "start", PROMPT, "--json"];
  const { from, wall } = await timed(process.execPath, args, env, "");
  const lines = readFileSync(spans, "utf8").trimEnd().split("\n").map(JSON.parse);
  // `claude --version`, which `pm` asks before it begins, is the CLI at work too.
  const others = lines.filter(
    ({ kind, argv }) => kind === "program" || (kind === "process" && argv[0] === CLAUDE),
  );
  const parts = partsOf(from, wall).map((part) => ({ ...part, own: idle(others, part.from, part.to) }));
  return { from, wall, own: idle(others, from, from + wall), parts, others, lines };
}

/** The run cut at the beginning of each phase and of the landing; what comes before the first is the start. */
function partsOf(from, wall) {
  const sessions = join(project, ".pm/sessions");
  const journal = readFileSync(join(sessions, readdirSync(sessions)[0], "journal.jsonl"), "utf8");
  const cuts = journal
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .flatMap(({ at, event }) => {
      if (event.type === "phase.started") return [{ name: event.phase, from: Date.parse(at) }];
      const landing = event.type === "phase.passed" && event.phase === "COMPLETION_VALIDATION";
      return landing ? [{ name: "landing", from: Date.parse(at) }] : [];
    });
  const starts = [{ name: "start", from }, ...cuts];
  return starts.map((part, n) => ({ ...part, to: starts[n + 1]?.from ?? from + wall }));
}

/** @returns ms between `from` and `to` in which none of the spans ran */
function idle(spans, from, to) {
  const inside = spans.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }));
  return to - from - union(inside.filter((span) => span.to > span.from));
}

/** @returns ms in which at least one of the spans ran */
function union(spans) {
  let total = 0;
  let until = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}

function print(bare, runs) {
  if (process.argv.includes("--spans")) printSpans(runs.at(-1));
  const times = (list, pick) => median(list.map(pick));
  const wall = times(runs, (run) => run.wall);
  const alone = times(bare, (run) => run.wall);
  const own = times(runs, (run) => run.own);
  console.log(
    `Seven phases on ${FILES} files, real CLI, instant model; medians of ${rounds} interleaved runs, ms\n`,
  );
  console.log("| part | wall | runner's own |\n|---|---|---|");
  for (const [n, { name }] of runs[0].parts.entries()) {
    const part = (pick) => Math.round(times(runs, (run) => pick(run.parts[n])));
    console.log(`| ${name} | ${part(({ from, to }) => to - from)} | ${part((one) => one.own)} |`);
  }
  const ratio = wall / alone;
  const met = { ratio: ratio <= GOAL_RATIO, own: own < GOAL_OWN_MS };
  console.log(`| all | ${Math.round(wall)} | ${Math.round(own)} |\n`);
  console.log(`bare run of the same edit: ${Math.round(alone)} ms`);
  console.log(`goal wall ≤ ${GOAL_RATIO} × bare: ${ratio.toFixed(2)} × ${met.ratio ? "met" : "MISSED"}`);
  console.log(`goal runner's own < ${GOAL_OWN_MS} ms: ${Math.round(own)} ms ${met.own ? "met" : "MISSED"}`);
  reportRow({
    what: `seven phases on ${FILES} files, real CLI`,
    goal: `≤ ${GOAL_RATIO} × a bare run of the same edit`,
    measured: `${ratio.toFixed(2)} × (${Math.round(wall)} ms against ${Math.round(alone)} ms)`,
    met: met.ratio,
  });
  reportRow({
    what: "the runner's own share of it",
    goal: `< ${GOAL_OWN_MS} ms`,
    measured: `${Math.round(own)} ms`,
    met: met.own,
  });
  return met.ratio && met.own;
}

/** Every child process of a run, and (marked) the programs in the sandbox, by when they began. */
function printSpans({ from, others, lines }) {
  const marked = new Set(others);
  for (const span of lines.filter(({ kind }) => kind !== "ended").toSorted((a, b) => a.from - b.from)) {
    const words = span.argv.filter((word, n) => word !== "-c" && (span.argv[n - 1] !== "-c" || n > 50));
    const [begun, ended] = [span.from - from, span.to - from].map(Math.round);
    console.log(
      `${marked.has(span) ? "*" : " "} ${begun} ${ended} ${words.join(" ").replace(/\s+/g, " ").slice(0, 150)}`,
    );
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
