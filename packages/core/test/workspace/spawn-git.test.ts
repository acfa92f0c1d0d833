import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spawnGit } from "../../src/workspace/spawn-git.ts";
import { processesWith } from "../sandbox/support.ts";
import { buildScript } from "../support/build-script.ts";

const LIMITS = { totalMs: 60_000, abortedMs: 100, guardedAfterMs: 1_000 };
let dir: string;
let word: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "pm-spawn-git-"));
  word = `pm-test-${process.pid}-${Math.random().toString(36).slice(2)}`;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A git that ends after some seconds, with a child of its own. */
const waiting = (seconds: number) => ({
  args: ["-c", `alias.wait=!sleep ${seconds} && echo ${word}`, "wait"],
  cwd: dir,
  env: { PATH: "/usr/bin:/bin" },
});

async function leftOver(): Promise<number[]> {
  for (let n = 0; n < 250 && processesWith(word).length > 0; n += 1) await sleep(20);
  return processesWith(word);
}

describe("a git of pm's", () => {
  it("is stopped, with what it started, where it does not end in time", async () => {
    const run = spawnGit({ ...waiting(600), limits: { ...LIMITS, totalMs: 200 } });
    await expect(run).rejects.toMatchObject({ code: "E126", data: { command: "wait", path: dir } });
    expect(await leftOver()).toEqual([]);
  });

  it("is stopped after an abort, with its reason, but not where it is nearly done", async () => {
    const controller = new AbortController();
    const slow = spawnGit({ ...waiting(600), signal: controller.signal, limits: LIMITS });
    const quick = spawnGit({
      ...waiting(0.5),
      signal: controller.signal,
      limits: { ...LIMITS, abortedMs: 30_000 },
    });
    controller.abort(new Error("enough"));
    await expect(slow).rejects.toThrow("enough");
    expect((await quick).stdout.toString()).toBe(`${word}\n`);
    expect(await leftOver()).toEqual([]);
  });

  it.each(["exit", "kill"])("does not outlive pm: %s", async (ending) => {
    const script = await buildScript(new URL("./fixtures/git-and-hang.ts", import.meta.url), dir);
    const pm = spawn(process.execPath, [script, dir, word, ending], { stdio: ["ignore", "pipe", "inherit"] });
    await once(pm.stdout, "data");
    expect(processesWith(word).length).toBeGreaterThan(1);
    if (ending === "kill") pm.kill("SIGKILL");
    await once(pm, "exit");
    expect(await leftOver()).toEqual([]);
  });
});
