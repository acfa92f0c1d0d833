/**
 * The limits of one run, as one signal.
 *
 * Invariants:
 * L1 the first cause wins, and is the one that `cause` tells;
 * L2 idle is who was not heard of for so long: bytes are life, and so is work that has a limit of its own (a tool, a pause
 *    that the API asked for, waiting for a place in the budget).
 */
import type { Termination } from "@pm/core";

export interface RunClock {
  /** Aborted when the run has to end. */
  readonly signal: AbortSignal;
  /** Null while nothing has ended the run. */
  readonly cause: Exclude<Termination, "exited" | "spawn_failed"> | null;
  remainingMs(): number;
  elapsedMs(): number;
  /** Something came. */
  alive(): void;
  /** Not idle until `work` is done. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

export interface RunClockInput {
  readonly limits: { readonly seconds: number; readonly idleSeconds: number };
  /** Of who started the run. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export function startRunClock({ limits, signal, now }: RunClockInput): RunClock {
  const started = now();
  const idleMs = limits.idleSeconds * 1000;
  const limitMs = limits.seconds * 1000;
  const ending = new AbortController();
  let cause: RunClock["cause"] = null;
  let heard = started;
  let working = 0;
  let idleTimer: NodeJS.Timeout | undefined;

  const end = (why: NonNullable<RunClock["cause"]>) => {
    if (cause !== null) return;
    cause = why;
    ending.abort(new Error(why));
  };
  const onAbort = () => end("aborted");
  // Looked at when it may have come to that; a timer for each byte would cost more than the byte.
  const watch = (ms: number) => {
    idleTimer = setTimeout(() => {
      const silent = now() - heard;
      if (working > 0) watch(idleMs);
      else if (silent >= idleMs) end("idle_limit");
      else watch(idleMs - silent);
    }, ms);
  };
  const limitTimer = setTimeout(() => end("time_limit"), limitMs);
  watch(idleMs);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });

  return {
    signal: ending.signal,
    get cause() {
      return cause;
    },
    remainingMs: () => Math.max(0, limitMs - (now() - started)),
    elapsedMs: () => now() - started,
    alive() {
      heard = now();
    },
    async busy(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        heard = now();
      }
    },
    stop() {
      clearTimeout(limitTimer);
      clearTimeout(idleTimer);
      signal.removeEventListener("abort", onAbort);
    },
  };
}
