import type { QueueTask } from "@pm/core";

export type Running = Partial<NonNullable<QueueTask["claim"]>> & { readonly task_id?: string };

/** A task that some worker holds. */
export function runningTask({ task_id = "g.1", ...claim }: Running = {}): QueueTask {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    ...{ task_id, group_id: "g", state: "RUNNING", project: "/p", summary: "x" },
    ...{ submitted_at: at, updated_at: at, session: null, deaths: 0, cancel_requested: false, outcome: null },
    claim: { worker_id: "w", fence: 1, beat: 0, lease_ms: 30_000, claimed_at: at, ...claim },
    fence: claim.fence ?? 1,
  };
}
