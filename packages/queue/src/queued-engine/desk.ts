import type { ClaimedWork } from "../worker/run-claimed.ts";

/** What running tasks of one project from a front end needs. */
export interface Desk extends ClaimedWork {
  /** Under which it claims. */
  readonly workerId: string;
  /** Values that must not reach the queue. */
  readonly secrets: readonly string[];
}
