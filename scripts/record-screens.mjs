/**
 * Takes the pictures of docs/screens: every screen of `pm web`, light, dark and on a phone, of tasks that really ran (the
 * agent's answers are a recording). Run it where the pages have changed. Needs chromium and a built apps/cli.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "./lib/chromium.mjs";
import { prepareDemo, root } from "./lib/demo-project.mjs";
import { recording, story } from "./lib/screens-story.mjs";
import { startWeb } from "./lib/start-web.mjs";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const VARIANTS = [
  { name: "light", viewport: DESKTOP, colorScheme: "light" },
  { name: "dark", viewport: DESKTOP, colorScheme: "dark" },
  { name: "phone", viewport: PHONE, colorScheme: "light", isMobile: true, hasTouch: true },
  { name: "phone-dark", viewport: PHONE, colorScheme: "dark", isMobile: true, hasTouch: true },
];

const executablePath = findChromium();
if (executablePath === null) throw new Error("Needs chromium: apt-get install chromium");
const demo = prepareDemo();
const recordingFile = join(demo.folder, "recording.json");
writeFileSync(recordingFile, JSON.stringify(recording));
const [, launcher] = demo.pm;
const web = await startWeb(launcher, [], { cwd: demo.project, env: demo.env });
const { url } = web;

async function submit(group, { prompt }) {
  const response = await fetch(`${url}/api/tasks`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ task_group_id: group, prompt, provider: `replay:${recordingFile}` }),
  });
  const task = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(task));
  return task.task_id;
}

/** Waits until the task is none of `states`, or in a phase. */
async function until(id, condition) {
  for (;;) {
    const task = await (await fetch(`${url}/api/tasks/${id}`)).json();
    if (await condition(task)) return task;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
const over = ({ status }) => status !== "QUEUED" && status !== "RUNNING";
const executing = async ({ task_id: id, status }) => {
  if (status !== "RUNNING") return false;
  const response = await fetch(`${url}/api/tasks/${id}/evidence`);
  return response.ok && (await response.json()).phase === "EXECUTION";
};

async function play(group, task) {
  const id = await submit(group, task);
  await until(id, over);
  return id;
}

async function shoot(browser, ids) {
  const folder = join(root, "docs", "screens");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const screens = [
    ["inbox", "/"],
    ["tasks", "/tasks"],
    ["group", "/groups/options"],
    ["run", `/tasks/${ids.complete}`],
    ["logs", `/tasks/${ids.complete}/logs`],
    ["changes", `/tasks/${ids.complete}/changes`],
    ["evidence", `/tasks/${ids.complete}/evidence`],
    ["approve", `/tasks/${ids.needsYou}/evidence`],
  ];
  for (const { name, ...options } of VARIANTS) {
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const [screen, path] of screens) {
      await page.goto(`${url}${path}`);
      await page.getByRole("heading").first().waitFor();
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(folder, `${screen}-${name}.png`) });
    }
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  const ids = { complete: await play("slugger", story.complete) };
  await play("letters", story.letter);
  await play("options", story.claims);
  await play("options", story.breaks);
  ids.needsYou = await play("tooling", story.needsYou);
  await until(await submit("letters", story.runs), executing);
  await submit("letters", story.waits);
  await shoot(browser, ids);
} finally {
  await browser.close();
  web.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 500));
  web.kill("SIGINT");
  await web.ended;
  rmSync(demo.folder, { recursive: true, force: true, maxRetries: 5 });
}
