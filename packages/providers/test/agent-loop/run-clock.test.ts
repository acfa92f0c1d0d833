import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type RunClock, startRunClock } from "../../src/agent-loop/run-clock.ts";

let clock: RunClock | undefined;
afterEach(() => clock?.stop());

function start(
  limits: { seconds: number; idleSeconds: number },
  signal = new AbortController().signal,
): RunClock {
  clock = startRunClock({ limits, signal, now: Date.now });
  return clock;
}

describe("the clock of a run", () => {
  it("ends who was not heard of for so long", async () => {
    const { signal } = start({ seconds: 60, idleSeconds: 0.1 });
    await wait(200);
    expect(signal.aborted).toBe(true);
    expect(clock?.cause).toBe("idle_limit");
  });

  it("takes every sign of life for one", async () => {
    const running = start({ seconds: 60, idleSeconds: 0.2 });
    for (let i = 0; i < 8; i += 1) {
      await wait(50);
      running.alive();
    }
    expect(running.cause).toBeNull();
  });

  it("takes work with a limit of its own for life, and counts from its end", async () => {
    const running = start({ seconds: 60, idleSeconds: 0.2 });
    await running.busy(() => wait(500));
    await wait(100);
    expect(running.cause).toBeNull();
    await wait(400);
    expect(running.cause).toBe("idle_limit");
  });

  it("ends at the limit, whatever is under way", async () => {
    const running = start({ seconds: 0.2, idleSeconds: 60 });
    await running.busy(() => wait(300));
    expect(running.cause).toBe("time_limit");
    expect(running.remainingMs()).toBe(0);
  });

  it("keeps to the first cause", async () => {
    const stop = new AbortController();
    const running = start({ seconds: 0.1, idleSeconds: 60 }, stop.signal);
    stop.abort();
    await wait(200);
    expect(running.cause).toBe("aborted");
  });

  it("knows of an abort that came before it", () => {
    expect(start({ seconds: 60, idleSeconds: 60 }, AbortSignal.abort()).cause).toBe("aborted");
  });
});
