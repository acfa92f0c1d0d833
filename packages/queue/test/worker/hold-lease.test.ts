import { RunnerError } from "@pm/core";
import { afterEach, describe, expect, it } from "vitest";
import { type HeldLease, holdLease } from "../../src/worker/hold-lease.ts";

const claim = { taskId: "g.1", workerId: "w", fence: 1 };
const monotonic = () => performance.now();
let held: HeldLease | undefined;
afterEach(() => held?.stop());

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("holding a lease", () => {
  it("renews it well within its length", async () => {
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return { cancelRequested: false };
    };
    held = holdLease({ renew }, claim, { leaseMs: 150, monotonic });
    await after(400);
    expect(renewals).toBeGreaterThan(2);
    expect(held.lost.aborted).toBe(false);
    held.stop();
    const before = renewals;
    await after(200);
    expect(renewals).toBe(before);
  });

  it("is over the moment that a renewal is refused", async () => {
    const renew = async () => {
      throw new RunnerError("E412", { id: "g.1", fence: 1 });
    };
    held = holdLease({ renew }, claim, { leaseMs: 60, monotonic });
    await aborted(held.lost);
  });

  it("is over when the queue could not be reached for its whole length, and not before", async () => {
    const began = performance.now();
    const renew = async () => {
      throw new RunnerError("E433", { place: "there", reason: "no route" });
    };
    held = holdLease({ renew }, claim, { leaseMs: 300, monotonic });
    await aborted(held.lost);
    expect(performance.now() - began).toBeGreaterThanOrEqual(290);
  });

  it("is over when a renewal hangs", async () => {
    held = holdLease({ renew: () => new Promise(() => {}) }, claim, { leaseMs: 150, monotonic });
    await aborted(held.lost);
  });

  it("hears that a person wants the task to end", async () => {
    const renew = async () => ({ cancelRequested: true });
    held = holdLease({ renew }, claim, { leaseMs: 90, monotonic });
    await aborted(held.cancelled);
    expect(held.lost.aborted).toBe(false);
  });
});
