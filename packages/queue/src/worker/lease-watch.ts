/**
 * Owns what this process saw of other workers' leases.
 *
 * Invariants:
 * L1 a lease has expired when its fencing token and beat were seen unchanged for its whole length by one steady clock,
 *    whatever any wall clock says, or when its process is known to be gone;
 * L2 so what was never seen before is given its whole length.
 */
import type { QueueTask } from "@pm/core";

export interface LeaseWatch {
  /** @param running every RUNNING task, as just read. @returns those whose lease has expired. */
  expired(running: readonly QueueTask[]): QueueTask[];
}

export interface LeaseWatchOptions {
  /** Milliseconds that never go backwards. */
  monotonic(): number;
  isGone(workerId: string): boolean;
}

export function createLeaseWatch({ monotonic, isGone }: LeaseWatchOptions): LeaseWatch {
  let seen = new Map<string, { readonly lease: string; readonly since: number }>();
  return {
    expired(running) {
      const now = monotonic();
      const before = seen;
      seen = new Map();
      return running.filter(({ task_id, claim }) => {
        if (claim === null) return false;
        const lease = `${claim.fence} ${claim.beat}`;
        const known = before.get(task_id);
        const since = known?.lease === lease ? known.since : now;
        seen.set(task_id, { lease, since });
        return now - since >= claim.lease_ms || isGone(claim.worker_id);
      });
    },
  };
}
