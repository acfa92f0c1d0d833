// The pages of `pm web` in a real Chromium: bytes of the first load, frames while a log of 100,000 lines scrolls, how long an
// interaction there takes, and how long the change of 5,000 files takes to open. The log and the change are those of a real
// task whose agent is a recording. Exits 1 where a goal is missed. Needs chromium and a built apps/cli.
// Usage: node bench/speed/web/pages.mjs [rounds]
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "../../../scripts/lib/chromium.mjs";
import { startWeb } from "../../../scripts/lib/start-web.mjs";
import { reportRow } from "../support/report-row.mjs";

const GOALS = { loadKb: 220, frameMs: 50, interactionMs: 200, diffMs: 1000 };
const LOG_LINES = 100_000;
const FILES = 5000;
const rounds = Math.max(3, Number(process.argv[2] ?? 5) || 5);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const launcher = path("../../../apps/cli/bin/pm.js");
const executablePath = findChromium();
if (executablePath === null || !existsSync(path("../../../apps/cli/dist/main.js"))) {
  console.error("Needs chromium (apt-get install chromium) and a built apps/cli (npx turbo run build).");
  process.exit(1);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const root = mkdtempSync(join(tmpdir(), "pm-bench-pages-"));
const project = join(root, "project");
const env = { ...process.env, PM_HOME: join(root, "home") };
const pm = (...args) =>
  spawnSync(process.execPath, [launcher, ...args], { cwd: project, env, encoding: "utf8" });

/** One task: its QA prints LOG_LINES lines, its agent writes FILES files. @returns its id in the queue */
function makeTask() {
  cpSync(path("../../../examples/slug-library"), project, { recursive: true });
  pm("init");
  const print = `for (let n = 1; n <= ${LOG_LINES}; n++) console.log("l " + n)`;
  writeFileSync(
    join(project, ".claude/settings.json"),
    JSON.stringify({ qa: { commands: [[process.execPath, "-e", print]] } }),
  );
  const write = `import { mkdirSync, writeFileSync } from "node:fs";
    for (let n = 0; n < ${FILES}; n++) {
      mkdirSync("made/" + (n % 100), { recursive: true });
      writeFileSync("made/" + (n % 100) + "/file-" + n + ".txt", "one\\ntwo\\nthree " + n + "\\n");
    }`;
  const prompt = "Make many files.";
  const step = (phase, rest) => ({ phase, actions: [], ...rest });
  const requirements = [{ id: "R1", statement: "Many files.", acceptance: "They are there." }];
  const subtasks = [
    { id: "S1", title: "Files", instructions: "Make them.", requirements: ["R1"], depends_on: [] },
  ];
  const checks = [{ id: "C1", requirement: "R1", type: "file", path: "made/0/file-0.txt", exists: true }];
  const steps = [
    step("REQUIREMENT_ANALYSIS", { answer: { kind: "change", requirements } }),
    step("TASK_DECOMPOSITION", { answer: { subtasks } }),
    step("PLANNING", { answer: { scope: ["made/**"], checks } }),
    step("EXECUTION", {
      subtask: "S1",
      actions: [{ tool: "run", argv: [process.execPath, "--input-type=module", "-e", write] }],
    }),
  ];
  const recorded = { agent: "none", version: "1", date: "2026-11-23", note: "made by a bench" };
  const recording = join(root, "recording.json");
  writeFileSync(recording, JSON.stringify({ version: 1, recorded, tasks: [{ prompt, steps }] }));
  const { stdout, stderr } = pm("start", prompt, "--recording", recording, "--json");
  if (stdout === "") throw new Error(stderr);
  return `${JSON.parse(stdout).session_id}.1`;
}

/** KB over the wire until the inbox stands, and the milliseconds that took. */
async function firstLoad(browser, url) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  await session.send("Network.enable");
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const begun = performance.now();
  await page.goto(url);
  await page.getByRole("main").waitFor();
  const ms = performance.now() - begun;
  await page.waitForTimeout(500);
  await page.close();
  return { kb: bytes / 1024, ms };
}

/** Longest frame while the log scrolls from end to end, and how long a jump to its end takes until it is drawn. */
async function scrollLog(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  const log = page.getByRole("region", { name: "Lines of the log" });
  await log.getByText("l 1", { exact: true }).first().waitFor();
  const frames = await log.evaluate(async (view) => {
    const took = [];
    const step = view.scrollHeight / 240;
    let last = await new Promise(requestAnimationFrame);
    for (let n = 0; n < 240; n += 1) {
      view.scrollTop += step;
      const now = await new Promise(requestAnimationFrame);
      took.push(now - last);
      last = now;
    }
    return took;
  });
  await log.evaluate((view) => view.scrollTo(0, 0));
  await log.getByText("l 1", { exact: true }).first().waitFor();
  const jump = await log.evaluate(async (view) => {
    const begun = performance.now();
    view.scrollTo(0, view.scrollHeight);
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });
  await page.close();
  return { longest: Math.max(...frames), p99: frames.toSorted((a, b) => a - b)[236], jump };
}

async function openChanges(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.getByRole("main").waitFor();
  const begun = performance.now();
  await page.goto(`${url}/changes`);
  await page.getByText("file-0.txt").first().waitFor();
  await page
    .getByText(/three 0$/)
    .first()
    .waitFor();
  const ms = performance.now() - begun;
  await page.close();
  return ms;
}

mkdirSync(project);
let web;
let browser;
try {
  const task = makeTask();
  web = await startWeb(launcher, ["--no-worker"], { cwd: project, env });
  browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const logs = await (await fetch(`${web.url}/api/tasks/${task}/logs`)).json();
  const longest = logs.items.toSorted((a, b) => b.bytes - a.bytes)[0];
  const loads = [];
  const scrolls = [];
  const diffs = [];
  for (let round = 0; round < rounds; round += 1) {
    loads.push(await firstLoad(browser, web.url));
    scrolls.push(await scrollLog(browser, `${web.url}/tasks/${task}/logs/${longest.log_id}`));
    diffs.push(await openChanges(browser, `${web.url}/tasks/${task}`));
  }
  const rows = [
    {
      what: "web: first load of the inbox, over the wire",
      goal: `${GOALS.loadKb} KB`,
      measured: `${median(loads.map(({ kb }) => kb)).toFixed(0)} KB in ${median(loads.map(({ ms }) => ms)).toFixed(0)} ms`,
      met: median(loads.map(({ kb }) => kb)) <= GOALS.loadKb,
    },
    {
      what: `web: longest frame while a log of ${LOG_LINES} lines scrolls`,
      goal: `${GOALS.frameMs} ms`,
      measured: `${median(scrolls.map((run) => run.longest)).toFixed(0)} ms (p99 ${median(scrolls.map(({ p99 }) => p99)).toFixed(0)} ms)`,
      met: median(scrolls.map((run) => run.longest)) <= GOALS.frameMs,
    },
    {
      what: "web: a jump to the end of that log, until it is drawn",
      goal: `${GOALS.interactionMs} ms`,
      measured: `${median(scrolls.map(({ jump }) => jump)).toFixed(0)} ms`,
      met: median(scrolls.map(({ jump }) => jump)) <= GOALS.interactionMs,
    },
    {
      what: `web: a change of ${FILES} files opens`,
      goal: `${GOALS.diffMs} ms`,
      measured: `${median(diffs).toFixed(0)} ms`,
      met: median(diffs) <= GOALS.diffMs,
    },
  ];
  for (const row of rows) {
    console.log(`${row.what}: ${row.measured} (goal ${row.goal}): ${row.met ? "met" : "MISSED"}`);
    reportRow(row);
  }
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  await browser?.close();
  web?.kill("SIGTERM");
  await web?.ended;
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}
