/**
 * Submits tasks all the time, kills a random worker again and again with SIGKILL, then lets the rest finish and counts.
 * Everything is real but the work itself: the worker, the queue on disk, the processes.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const PROJECT = "/load";
const FINAL = ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "CANCELLED"];

/** Below the package whose dependencies they need, so that what can't be bundled is found. */
async function bundle(dir) {
  const outfile = (name) => join(dir, `${name}.mjs`);
  const common = {
    ...{ bundle: true, platform: "node", target: "node20", format: "esm", logLevel: "error" },
    alias: {
      "@pm/core": join(root, "packages/core/src/index.ts"),
      "@pm/queue": join(root, "packages/queue/src/index.ts"),
    },
    external: ["@photostructure/sqlite", "@aws-sdk/*", "@smithy/*"],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  };
  await build({
    ...common,
    entryPoints: [join(root, "bench/load/worker-process.ts")],
    outfile: outfile("worker"),
  });
  await build({
    ...common,
    entryPoints: [join(root, "packages/queue/src/index.ts")],
    outfile: outfile("queue"),
  });
  return { worker: outfile("worker"), queue: await import(outfile("queue")) };
}

/**
 * @param {{ seconds: number, killEveryMs: number, workers: number, perSecond: number }} options
 * @returns {Promise<{ submitted: number, kills: number, ended: Record<string, number>, lost: string[], endedTwice: string[],
 *   wronglyFailed: string[], takenOver: number, troubles: string[], drainSeconds: number }>}
 */
export async function runLoad({ seconds, killEveryMs, workers, perSecond }) {
  const cache = join(root, "packages/queue/node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const dir = mkdtempSync(join(cache, "load-"));
  const home = join(dir, "home");
  const endedBy = [];
  const troubles = [];
  const alive = new Set();
  let submitting = true;
  try {
    const { worker: script, queue: library } = await bundle(dir);
    const queue = await library.openQueue({ engine: "sqlite", home, namespace: "default" });
    const options = JSON.stringify({
      home,
      project: PROJECT,
      concurrency: 4,
      longestMs: 250,
      leaseMs: 5_000,
    });

    const startWorker = () => {
      const child = spawn(process.execPath, [script, options], {
        cwd: dirname(script),
        stdio: ["ignore", "pipe", "pipe"],
        env: { PATH: process.env.PATH },
      });
      alive.add(child);
      createInterface({ input: child.stdout }).on("line", (line) => endedBy.push(line));
      createInterface({ input: child.stderr }).on("line", (line) => troubles.push(line));
      child.gone = new Promise((resolve) => child.on("close", resolve));
      child.gone.then(() => alive.delete(child));
      return child;
    };
    for (let i = 0; i < workers; i += 1) startWorker();

    const payload = {
      ...{ prompt: "x", kind: "change", scope: [], checks: [], provider: null, model: null, requires: null },
    };
    const submitted = [];
    const submitter = (async () => {
      for (let i = 0; submitting; i += 1) {
        const { task } = await queue.submit({ groupId: `g${i % 997}`, project: PROJECT, payload });
        submitted.push(task.task_id);
        await pause(1_000 / perSecond);
      }
    })();

    let kills = 0;
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; ) {
      await pause(killEveryMs);
      const victim = [...alive][Math.floor(Math.random() * alive.size)];
      victim?.kill("SIGKILL");
      kills += victim === undefined ? 0 : 1;
      startWorker();
    }
    submitting = false;
    await submitter;

    const drainFrom = performance.now();
    for (let open = 1; open > 0 && performance.now() - drainFrom < 120_000; await pause(100)) {
      const { counts } = await queue.stats();
      open = counts.QUEUED + counts.RUNNING + counts.AWAITING_APPROVAL;
    }
    const drainSeconds = (performance.now() - drainFrom) / 1_000;
    for (const child of alive) child.kill("SIGKILL");
    await Promise.all([...alive].map((child) => child.gone));

    const ended = {};
    const lost = [];
    const wronglyFailed = [];
    let takenOver = 0;
    for (const id of submitted) {
      const task = await queue.get(id).catch(() => null);
      if (task === null || !FINAL.includes(task.state)) lost.push(id);
      else ended[task.state] = (ended[task.state] ?? 0) + 1;
      if (task?.deaths > 0) takenOver += 1;
      // A task fails here only where its workers were killed twice.
      if (task?.state === "ERROR" && task.deaths < 2) wronglyFailed.push(id);
    }
    const said = endedBy.filter((line) => !line.endsWith(" null")).map((line) => line.split(" ")[0]);
    const endedTwice = said.filter((id, index) => said.indexOf(id) !== index);
    await queue.close();
    return {
      ...{ submitted: submitted.length, kills, ended, lost, endedTwice, wronglyFailed, takenOver },
      ...{ troubles, drainSeconds },
    };
  } finally {
    for (const child of alive) child.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  }
}
