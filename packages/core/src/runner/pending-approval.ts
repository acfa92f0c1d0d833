import { openViolations, overallStatus } from "../evidence/fold.ts";
import type { SessionState, TaskState } from "../evidence/session-state.ts";
import { approvalDigest } from "../gates/approval-digest.ts";
import { violationOf } from "../gates/violation-of.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";

export interface PendingApproval {
  readonly task: TaskState;
  readonly digest: string;
  readonly violations: readonly Violation[];
  /** `accept`: the result as it is. `rerun`: from `rerunFrom`. `resume`: an agent that was cut short runs again. */
  readonly effect: "accept" | "rerun" | "resume";
  readonly rerunFrom: Phase | null;
}

/** @returns what a person could approve now, or null: then the session either goes on by itself or is finished. */
export function pendingApproval(state: SessionState): PendingApproval | null {
  if (overallStatus(state) !== "INCOMPLETE") return null;
  for (const task of state.tasks.values()) {
    if (task.status === "COMPLETE" || task.cancelled) continue;
    return ofTask(state, task);
  }
  return null;
}

function ofTask(state: SessionState, task: TaskState): PendingApproval | null {
  if (task.at !== "ENDED") return task.openRuns.length > 0 ? resume(state, task) : null;
  const violations = openViolations(task);
  if (violations.length === 0 || violations.some((violation) => violation.approval === null)) return null;
  const reruns = violations.flatMap((violation) => (violation.rerun_from ? [violation.rerun_from] : []));
  const digest = approvalDigest(task.result?.tree ?? null, violations);
  if (reruns.length === 0) return { task, digest, violations, effect: "accept", rerunFrom: null };
  const rerunFrom = PHASES.find((phase) => reruns.includes(phase)) ?? null;
  return { task, digest, violations, effect: "rerun", rerunFrom };
}

function resume(state: SessionState, task: TaskState): PendingApproval {
  const phases = [...new Set(task.openRuns.map((run) => run.phase))];
  const violations = phases.map((phase) =>
    violationOf(
      "E234",
      "runner",
      "INCOMPLETE",
      { phase, session: state.opened?.session_id },
      { approval: "rerun", rerunFrom: phase, taskId: task.submitted.task_id },
    ),
  );
  // The runs' ids make the digest one of this very interruption.
  const digest = approvalDigest(task.openRuns.map((run) => run.run_id).join(), violations);
  return { task, digest, violations, effect: "resume", rerunFrom: phases[0] ?? null };
}
