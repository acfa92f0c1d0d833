/** L1…L3: several lines on one file stand for several processes. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWaitingLine, type WaitingLine } from "../../src/sqlite/waiting-line.ts";
import { type QueueFile, queueFile } from "./queue-file.ts";

const STALE_MS = 50;

describe("the line at the lock", () => {
  let file: QueueFile;
  let lines: WaitingLine[];
  beforeEach(() => {
    file = queueFile();
    lines = Array.from({ length: 4 }, () => openWaitingLine(file.path));
  });
  afterEach(() => {
    for (const line of lines) line.close();
    file.remove();
  });
  const tries = () => lines.map((line) => line.mayTry());

  it("lets everybody try where nobody waits", () => {
    expect(tries()).toEqual([true, true, true, true]);
  });

  it("lets whoever waits longest go first, and nobody who came later", () => {
    lines[2]?.wait();
    lines[0]?.wait();
    lines[1]?.wait();
    expect(tries()).toEqual([false, false, true, false]);
    lines[2]?.entered();
    expect(tries()[0]).toBe(true);
    expect(tries()[1]).toBe(false);
  });

  it("lets a turn go on for some milliseconds, and then stand behind all that wait", async () => {
    const [holder, waiter] = lines;
    holder?.wait();
    holder?.entered();
    waiter?.wait();
    expect(holder?.mayTry()).toBe(true);
    await delay(25);
    waiter?.wait();
    expect(holder?.mayTry()).toBe(false);
    expect(waiter?.mayTry()).toBe(true);
  });

  it("passes over whoever said nothing for a while, and gives him his old place when he comes back", async () => {
    const [stopped, other] = lines;
    stopped?.wait();
    other?.wait();
    await delay(STALE_MS + 20);
    expect(other?.mayTry()).toBe(true);
    stopped?.wait();
    other?.wait();
    expect(other?.mayTry()).toBe(false);
    expect(stopped?.mayTry()).toBe(true);
  });

  it("has room for more than have places, and harms nobody where it can't be kept", () => {
    const many = Array.from({ length: 100 }, () => openWaitingLine(file.path));
    for (const line of many) line.wait();
    expect(many.filter((line) => line.mayTry()).length).toBeGreaterThan(0);
    for (const line of many) line.close();
    const nowhere = openWaitingLine(`${file.folder}/no/such/folder`);
    nowhere.wait();
    expect(nowhere.mayTry()).toBe(true);
    expect(existsSync(`${file.folder}/no`)).toBe(false);
  });
});
