import type { ErrorCode } from "../errors/codes.ts";
import type { ErrorData } from "../errors/runner-error.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { TaskEvidence } from "./task-evidence.ts";
import { type ViolationDetails, violationOf } from "./violation-of.ts";

/** Makes the violations of one gate over one task's evidence: all of a gate's calls share gate, task and session. */
export function objector(gate: string, evidence: TaskEvidence) {
  return (
    code: ErrorCode,
    status: Violation["status"],
    data: ErrorData,
    details: Omit<ViolationDetails, "taskId"> = {},
  ): Violation =>
    violationOf(
      code,
      gate,
      status,
      { session: evidence.sessionId, ...data },
      { ...details, taskId: evidence.taskId },
    );
}

/** A list for a message: at most `most` of them, the rest counted. */
export function listed(items: readonly string[], most = 10): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
