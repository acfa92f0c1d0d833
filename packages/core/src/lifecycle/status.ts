import * as z from "zod";
import type { Violation } from "./violation.ts";

/** Overall status values, worst first. */
export const STATUSES = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"] as const;
export const statusSchema = z.enum(STATUSES);
export type Status = z.infer<typeof statusSchema>;

/** Exit code of `start` and `continue` for each status. */
export const STATUS_EXIT_CODES: Readonly<Record<Status, number>> = {
  COMPLETE: 0,
  ERROR: 1,
  INCOMPLETE: 3,
  NO_EVIDENCE: 4,
  INVALID: 5,
};

export function worstStatus(statuses: readonly Status[]): Status {
  return STATUSES.find((status) => statuses.includes(status)) ?? "COMPLETE";
}

/** A task that ended: the worst of its open violations; COMPLETE needs that every gate was evaluated and is silent. */
export function taskStatus(ended: boolean, violations: readonly Violation[]): Status {
  const worst = worstStatus(violations.map((violation) => violation.status));
  return worst === "COMPLETE" && !ended ? "INCOMPLETE" : worst;
}

/** A session: the worst of its tasks; without any task it is INCOMPLETE. */
export function sessionStatus(tasks: readonly Status[]): Status {
  return tasks.length === 0 ? "INCOMPLETE" : worstStatus(tasks);
}
