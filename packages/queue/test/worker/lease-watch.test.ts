import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLeaseWatch } from "../../src/worker/lease-watch.ts";
import { runningTask } from "../support/running-task.ts";

function setUp(gone: readonly string[] = []) {
  let now = 0;
  const watch = createLeaseWatch({ monotonic: () => now, isGone: (id) => gone.includes(id) });
  const ids = (...tasks: Parameters<typeof runningTask>[0][]) =>
    watch.expired(tasks.map(runningTask)).map((task) => task.task_id);
  return { ids, pass: (ms: number) => (now += ms) };
}

describe("watching leases", () => {
  it("gives a lease that was never seen before its whole length", () => {
    const { ids, pass } = setUp();
    pass(1_000_000);
    expect(ids({ lease_ms: 1_000 })).toEqual([]);
    pass(999);
    expect(ids({ lease_ms: 1_000 })).toEqual([]);
    pass(1);
    expect(ids({ lease_ms: 1_000 })).toEqual(["g.1"]);
  });

  it("begins anew with every beat and every new holder", () => {
    const { ids, pass } = setUp();
    ids({ lease_ms: 1_000, beat: 0 });
    pass(900);
    expect(ids({ lease_ms: 1_000, beat: 1 })).toEqual([]);
    pass(900);
    expect(ids({ lease_ms: 1_000, beat: 1, fence: 2 })).toEqual([]);
    pass(999);
    expect(ids({ lease_ms: 1_000, beat: 1, fence: 2 })).toEqual([]);
    pass(1);
    expect(ids({ lease_ms: 1_000, beat: 1, fence: 2 })).toEqual(["g.1"]);
  });

  it("forgets a task that it does not see any more", () => {
    const { ids, pass } = setUp();
    ids({ lease_ms: 1_000 });
    ids();
    pass(2_000);
    expect(ids({ lease_ms: 1_000 })).toEqual([]);
  });

  it("waits for no lease of a process that is certainly gone", () => {
    const { ids } = setUp(["dead"]);
    expect(ids({ worker_id: "dead" }, { task_id: "g.2", worker_id: "other" })).toEqual(["g.1"]);
  });

  it("never calls a lease expired that was renewed within its length, however often it looks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 50 }), (steps) => {
        const { ids, pass } = setUp();
        for (const [beat, ms] of steps.entries()) {
          expect(ids({ lease_ms: 1_000, beat })).toEqual([]);
          pass(ms);
        }
      }),
    );
  });

  it("does not care what any wall clock says", () => {
    const { ids, pass } = setUp();
    ids({ lease_ms: 1_000, claimed_at: "1970-01-01T00:00:00.000Z" });
    pass(999);
    expect(ids({ lease_ms: 1_000, claimed_at: "2999-01-01T00:00:00.000Z" })).toEqual([]);
  });
});
