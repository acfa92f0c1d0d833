import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSpending } from "../../src/runner/spending.ts";

const never = new AbortController().signal;
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe("the spending of a task", () => {
  it("S3 admits every call at once where no budget is set", async () => {
    const spending = createSpending(null, 1_000);
    for (let i = 0; i < 5; i += 1) await spending.admit(null, never);
    expect(spending.remainingUsd()).toBeNull();
  });

  it("refuses a call when the budget is used up, and says how much was spent", async () => {
    const spending = createSpending(1, 0.4);
    const call = await spending.admit(0.1, never);
    expect(spending.remainingUsd()).toBeCloseTo(0.6);
    call.settle(0.7);
    await expect(spending.admit(0.1, never)).rejects.toMatchObject({
      code: "E516",
      message: "The budget of $1.00 is used up ($1.10 spent).",
    });
    expect(spending.remainingUsd()).toBe(0);
    expect(() => spending.assertLeft()).toThrow("used up");
  });

  it("S2 lets others wait for a call whose worst cost is not known", async () => {
    const spending = createSpending(1, 0);
    const first = await spending.admit(null, never);
    let admitted = false;
    const second = spending.admit(0.01, never).then(() => {
      admitted = true;
    });
    await tick();
    expect(admitted).toBe(false);
    first.settle(0.2);
    await second;
    expect(admitted).toBe(true);
  });

  it("ends the waiting of a call that is aborted", async () => {
    const spending = createSpending(1, 0);
    await spending.admit(null, never);
    const stop = new AbortController();
    const waits = spending.admit(0.1, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waits).rejects.toThrow("stopped");
  });

  it("refuses what waited when the calls before it used the budget up", async () => {
    const spending = createSpending(1, 0);
    const first = await spending.admit(null, never);
    const waits = spending.admit(0.1, never);
    first.settle(1.5);
    await expect(waits).rejects.toMatchObject({ code: "E516" });
  });

  it("counts a run once, whether its calls told their cost or only its record does", async () => {
    const spending = createSpending(10, 0);
    const run = spending.ofRun();
    (await run.spending.admit(1, never)).settle(1);
    run.end(3);
    expect(spending.remainingUsd()).toBe(7);
    spending.ofRun().end(2);
    spending.ofRun().end(null);
    expect(spending.remainingUsd()).toBe(5);
  });

  it("S1 is overshot by one call at most, whatever runs side by side", async () => {
    const call = fc.record({ cost: fc.double({ min: 0, max: 1, noNaN: true }), known: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        async (calls, agents, budget) => {
          const spending = createSpending(budget, 0);
          const left = [...calls];
          let spent = 0;
          let dearest = 0;
          const agent = async () => {
            for (let next = left.shift(); next; next = left.shift()) {
              const admitted = await spending.admit(next.known ? next.cost : null, never).catch(() => null);
              if (admitted === null) return;
              await tick();
              spent += next.cost;
              dearest = Math.max(dearest, next.cost);
              admitted.settle(next.cost);
            }
          };
          await Promise.all(Array.from({ length: agents }, agent));
          expect(spent).toBeLessThanOrEqual(budget + dearest + 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});
