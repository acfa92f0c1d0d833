import type { Status } from "@pm/core";

/** Whether tasks of a session come to the same status once more. What `pm replay --json` prints. */
export interface ReplayReport {
  readonly session_id: string;
  /** Every task was replayed and came to the status that is on record. */
  readonly same: boolean;
  readonly tasks: readonly TaskReplay[];
}

export interface TaskReplay {
  readonly task_id: string;
  readonly prompt: string;
  readonly recorded: Status;
  /** Null where it was not replayed. */
  readonly replayed: Status | null;
  readonly verdict: "same" | "different" | "not comparable";
  /** Where the two differ first, or why it was not replayed; null where it is the same. */
  readonly reason: string | null;
  /** What differs without making another status. */
  readonly notes: readonly string[];
}
