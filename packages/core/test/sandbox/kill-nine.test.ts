import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildScript } from "../support/build-script.ts";
import { type Bench, createBench, processesWith, uniqueSeconds } from "./support.ts";

/** Waits until no process has the text in its command line. @returns those that are left after 10 s. */
async function leftOver(text: string): Promise<number[]> {
  for (let i = 0; i < 500; i += 1) {
    if (processesWith(text).length === 0) return [];
    await sleep(20);
  }
  return processesWith(text);
}

/** Starts the fixture and waits until it has said `word`. */
async function startUntil(word: string, args: readonly string[]): Promise<ChildProcess> {
  const pm = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const [chunk] of on(pm.stdout, "data", { close: ["end"] })) {
    text += String(chunk);
    if (text.includes(word)) return pm;
  }
  throw new Error(`it ended without saying ${word}: ${text}`);
}

const detached = (seconds: string) => `
  setsid nohup sleep ${seconds} >/dev/null 2>&1 &
  (setsid sh -c 'trap "" TERM HUP INT; (sleep ${seconds}; :) & sleep ${seconds}; :' >/dev/null 2>&1 &)
  env -i sleep ${seconds} >/dev/null 2>&1 &
  sleep 0.2; echo up; sleep ${seconds}`;

describe.each(["sandbox", "process"] as const)("a kill -9 of pm, level %s", (level) => {
  let bench: Bench;
  let program: string;
  beforeEach(async () => {
    bench = await createBench(level);
    mkdirSync(join(bench.place.mountAt, "node_modules"));
    program = await buildScript(new URL("./fixtures/run-and-hang.ts", import.meta.url), bench.root);
  });
  afterEach(() => bench.remove());

  it("leaves no process of the run, detached ones included", async () => {
    const seconds = uniqueSeconds();
    const pm = await startUntil("up\n", [program, level, bench.root, detached(seconds)]);
    expect(processesWith(seconds).length).toBeGreaterThan(4);
    pm.kill("SIGKILL");
    expect(await leftOver(seconds)).toEqual([]);
  });

  it("leaves none either when it comes at any moment of the start", async () => {
    const seconds = uniqueSeconds();
    for (let delay = 0; delay <= 220; delay += 20) {
      const pm = await startUntil("calling\n", [program, level, bench.root, detached(seconds)]);
      await sleep(delay);
      pm.kill("SIGKILL");
      await once(pm, "exit");
    }
    // A process of the last moment may only now come to life.
    await sleep(300);
    expect(await leftOver(seconds)).toEqual([]);
  });
});
