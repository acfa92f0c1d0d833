import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { isGone, newWorkerId } from "../../src/worker/worker-id.ts";

describe("a worker's id", () => {
  it("is another one each time, and fits into an item of any queue", () => {
    expect(newWorkerId()).not.toBe(newWorkerId());
    expect(newWorkerId()).toMatch(/^[0-9a-f]{12}-\d+-[0-9a-f]{12}-[0-9a-f]{6}$/);
  });

  it("tells of a live process that it is there", () => {
    expect(isGone(newWorkerId())).toBe(false);
  });

  it("tells of a dead process, and of a later one with the same pid, that the worker is gone", async () => {
    const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
    await once(child, "exit");
    const [machine, own, start, chance] = newWorkerId().split("-");
    expect(isGone([machine, child.pid, start, chance].join("-"))).toBe(true);
    expect(isGone([machine, own, "0123456789ab", chance].join("-"))).toBe(true);
  });

  it("says nothing about processes of other machines and containers", () => {
    const [, pid, start, chance] = newWorkerId().split("-");
    expect(isGone(["0123456789ab", pid, start, chance].join("-"))).toBe(false);
    expect(isGone("somebody-else")).toBe(false);
  });
});
