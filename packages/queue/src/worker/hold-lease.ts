/**
 * Owns the renewal of one claim.
 *
 * Invariants:
 * H1 `lost` is aborted as soon as a renewal is refused, or when none got through for a whole lease: then another worker
 *    may have the task, and this one must stop whatever the queue would say;
 * H2 after `stop` nothing is sent.
 */
import { type Claim, isRunnerError, type TaskQueue } from "@pm/core";

/** How long others wait after the last sign of life before they take a task over. */
export const LEASE_MS = 30_000;
/** Renewals in a lease: two may fail before it is lost. */
const RENEWALS = 3;

export interface HeldLease {
  readonly lost: AbortSignal;
  /** Aborted when a person asked for the end of the task. */
  readonly cancelled: AbortSignal;
  stop(): void;
}

export function holdLease(
  queue: Pick<TaskQueue, "renew">,
  claim: Claim,
  { leaseMs, monotonic }: { leaseMs: number; monotonic: () => number },
): HeldLease {
  const lost = new AbortController();
  const cancelled = new AbortController();
  let heard = monotonic();
  let stopped = false;
  const renew = async () => {
    const asked = monotonic();
    try {
      const { cancelRequested } = await queue.renew(claim);
      // From before the question: the queue may have counted from there.
      heard = asked;
      if (cancelRequested && !stopped) cancelled.abort();
    } catch (error) {
      const refused = isRunnerError(error, "E412") || isRunnerError(error, "E410");
      if (!stopped && (refused || monotonic() - heard >= leaseMs)) lost.abort();
    }
  };
  const timer = setInterval(() => {
    // A renewal that hangs must not keep the task past its lease.
    if (monotonic() - heard >= leaseMs) lost.abort();
    else void renew();
  }, leaseMs / RENEWALS);
  return {
    lost: lost.signal,
    cancelled: cancelled.signal,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
