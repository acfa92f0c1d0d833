import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inSteps } from "../../src/runner/steps.ts";

const after = async <T>(ms: number, value: T): Promise<T> => {
  await sleep(ms);
  return value;
};

describe("work in steps", () => {
  it("goes on record in the order in which it was added, whatever ends first", async () => {
    const recorded: string[] = [];
    await inSteps(async (add) => {
      add(after(40, "slow"), (value) => void recorded.push(value));
      add(after(1, "fast"), (value) => void recorded.push(value));
    });
    expect(recorded).toEqual(["slow", "fast"]);
  });

  it("rejects with the first failure in that order, records nothing after it, and leaves nothing at work", async () => {
    const recorded: string[] = [];
    let atWork = true;
    const failing = inSteps(async (add) => {
      add(after(20, "one"), (value) => void recorded.push(value));
      add(Promise.reject(new Error("second")), () => void recorded.push("never"));
      add(
        after(60, "three").finally(() => {
          atWork = false;
        }),
        (value) => void recorded.push(value),
      );
    });
    await expect(failing).rejects.toThrow("second");
    expect([recorded, atWork]).toEqual([["one"], false]);
  });

  it("waits for what was begun where beginning more of it fails", async () => {
    let atWork = true;
    const failing = inSteps(async (add) => {
      add(
        after(30, null).finally(() => {
          atWork = false;
        }),
        () => {},
      );
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
    expect(atWork).toBe(false);
  });
});
