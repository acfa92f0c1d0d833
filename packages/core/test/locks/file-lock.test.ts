import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { acquireLock, LockHeldError, lockHolder } from "../../src/locks/file-lock.ts";
import { processIdentity } from "../../src/locks/process-identity.ts";
import { buildScript } from "../support/build-script.ts";

const now = () => new Date("2026-01-02T03:04:05.000Z");
let built: string;
let root: string;
let dir: string;
let log: string;
let children: ChildProcess[];

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), "pm-contender-"));
  await buildScript(new URL("./lock-contender.ts", import.meta.url), built);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pm-lock-"));
  dir = join(root, "locks", "session-a");
  log = join(root, "log");
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

function contend(rounds: number, mode: "work" | "hold"): ChildProcess {
  const args = [join(built, "lock-contender.mjs"), dir, log, String(rounds), mode];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  children.push(child);
  return child;
}

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const child = contend(1, "hold");
  await vi.waitUntil(() => existsSync(log), { timeout: 20_000 });
  return child;
}

const generations = () => readdirSync(dir).filter((name) => name.startsWith("lock."));
const editGeneration = (fence: number, change: object) => {
  const path = join(dir, `lock.${fence}`);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...change }));
};

describe("a lock", () => {
  it("is held by one at a time and numbers its holders", () => {
    expect(lockHolder(dir)).toBeNull();
    const first = acquireLock(dir, { now });
    expect(first.fence).toBe(1);
    expect(lockHolder(dir)).toEqual({ pid: process.pid, startedAt: "2026-01-02T03:04:05.000Z" });
    expect(() => acquireLock(dir, { now })).toThrow(LockHeldError);
    first.release();
    first.release();
    expect(lockHolder(dir)).toBeNull();
    expect(acquireLock(dir, { now }).fence).toBe(2);
  });

  it("lets go without an error where the disk does not take that", () => {
    const held = acquireLock(dir, { now });
    rmSync(dir, { recursive: true });
    expect(() => held.release()).not.toThrow();
  });

  it("says who holds it", async () => {
    const child = await holdInAnotherProcess();
    expect(lockHolder(dir)?.pid).toBe(child.pid);
    expect(() => acquireLock(dir, { now })).toThrow(
      expect.objectContaining({ holder: expect.objectContaining({ pid: child.pid }) }),
    );
  });

  it("passes on when its holder is killed, also before anyone has reaped it (L2)", async () => {
    const child = await holdInAnotherProcess();
    process.kill(child.pid ?? 0, "SIGKILL");
    await vi.waitUntil(() => lockHolder(dir) === null, { timeout: 10_000 });
    expect(acquireLock(dir, { now }).fence).toBe(2);
  });

  it("passes on when another process has the dead holder's pid (L2)", async () => {
    const child = await holdInAnotherProcess();
    editGeneration(1, { start: "1" });
    expect(processIdentity(child.pid ?? 0)).not.toBeNull();
    expect(acquireLock(dir, { now }).fence).toBe(2);
  });

  it("passes on after the machine was started anew (L2)", async () => {
    await holdInAnotherProcess();
    editGeneration(1, { boot: "another boot" });
    expect(acquireLock(dir, { now }).fence).toBe(2);
  });

  it("passes on when a power loss left its file empty, without using its number again", () => {
    acquireLock(dir, { now });
    writeFileSync(join(dir, "lock.1"), "");
    expect(acquireLock(dir, { now }).fence).toBe(2);
  });

  it("never lets two of 8 processes in at once, nor gives a number twice (L1)", {
    timeout: 60_000,
  }, async () => {
    const rounds = 25;
    const contenders = Array.from({ length: 8 }, () => contend(rounds, "work"));
    const exits = await Promise.all(contenders.map(async (child) => (await once(child, "exit"))[0]));
    expect(exits).toEqual(Array(8).fill(0));
    const entries = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(entries).toHaveLength(8 * rounds * 2);
    let last = 0;
    for (let index = 0; index < entries.length; index += 2) {
      const [, fence, pid] = (entries[index] ?? "").split(" ");
      expect(entries[index]).toBe(`enter ${fence} ${pid}`);
      expect(entries[index + 1]).toBe(`leave ${fence} ${pid}`);
      expect(Number(fence)).toBeGreaterThan(last);
      last = Number(fence);
    }
  });

  it("lets exactly one of 8 processes take over from a dead holder", { timeout: 60_000 }, async () => {
    const dead = await holdInAnotherProcess();
    dead.kill("SIGKILL");
    await once(dead, "exit");
    rmSync(log);
    const contenders = Array.from({ length: 8 }, () => contend(1, "hold"));
    await vi.waitUntil(() => existsSync(log), { timeout: 20_000 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const entered = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(entered).toHaveLength(1);
    expect(contenders.map((child) => child.pid)).toContain(Number(entered[0]?.split(" ")[2]));
  });

  it("keeps the highest and a few before it, and no temporary file (L3)", () => {
    for (let round = 0; round < 40; round++) acquireLock(dir, { now }).release();
    expect(generations()).toContain("lock.40");
    expect(generations().length).toBeLessThanOrEqual(17);
    expect(readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("gives up a number that had passed while it looked (L3)", () => {
    for (let round = 0; round < 40; round++) acquireLock(dir, { now }).release();
    const held = acquireLock(dir, { now });
    // What a contender would do that saw generation 4 as the highest and slept since.
    writeFileSync(join(dir, "lock.5"), readFileSync(join(dir, "lock.40")));
    expect(lockHolder(dir)).not.toBeNull();
    held.release();
    expect(acquireLock(dir, { now }).fence).toBe(42);
  });
});
