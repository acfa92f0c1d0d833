import { describe, expect, it } from "vitest";
import type { ApiProblem } from "../../src/agent-loop/api-problem.ts";
import { retryAfterMs } from "../../src/agent-loop/retry-after.ts";
import { ModelCallFailed, withRetries } from "../../src/agent-loop/with-retries.ts";

const NOW = Date.parse("Sun, 29 Nov 2026 15:00:00 GMT");

describe("how long an API asks to be left alone", () => {
  it.each<[Record<string, string>, number | null]>([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after": "Sun, 29 Nov 2026 15:00:20 GMT" }, 20_000],
    [{ "retry-after": "Sun, 29 Nov 2026 14:00:00 GMT" }, 0],
    [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "soon" }, null],
    [{}, null],
  ])("is read from %j", (headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});

describe("asking again", () => {
  const busy = (headers: Record<string, string> = {}): ApiProblem => ({
    code: "E506",
    message: "busy",
    outcome: "api_error 529",
    retryable: true,
    headers,
  });

  async function retry(problem: ApiProblem, { failures = 99, remainingMs = 1e6, abortAt = 99 } = {}) {
    const pauses: number[] = [];
    const stop = new AbortController();
    let tried = 0;
    const end = await withRetries({
      policy: {
        maxRetries: 4,
        now: () => NOW,
        random: () => 0,
        sleep: async (ms) => {
          pauses.push(ms);
          if (pauses.length === abortAt) stop.abort(new Error("stopped"));
          stop.signal.throwIfAborted();
        },
      },
      signal: stop.signal,
      remainingMs: () => remainingMs,
      attempt: async () => {
        tried += 1;
        if (tried <= failures) throw new Error("no");
        return "yes";
      },
      explain: () => problem,
      onRetry: () => {},
    }).catch((error: unknown) => error);
    return { end, pauses, tried };
  }

  it("waits twice as long each time, four times, and then gives up", async () => {
    const { end, pauses, tried } = await retry(busy());
    expect(pauses).toEqual([500, 1000, 2000, 4000]);
    expect(tried).toBe(5);
    expect(end).toBeInstanceOf(ModelCallFailed);
  });

  it("waits as long as the API says", async () => {
    const { end, pauses } = await retry(busy({ "retry-after": "3" }), { failures: 2 });
    expect(pauses).toEqual([3000, 3000]);
    expect(end).toBe("yes");
  });

  it("does not wait where less time is left than it would take", async () => {
    const { pauses, tried } = await retry(busy({ "retry-after": "60" }), { remainingMs: 60_000 });
    expect(pauses).toEqual([]);
    expect(tried).toBe(1);
  });

  it("does not ask again after what won't pass", async () => {
    expect((await retry({ ...busy(), retryable: false })).tried).toBe(1);
  });

  it("stops waiting when the run is stopped", async () => {
    const { end, tried } = await retry(busy(), { abortAt: 2 });
    expect(end).toMatchObject({ message: "stopped" });
    expect(tried).toBe(2);
  });
});
