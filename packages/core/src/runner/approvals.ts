/** What a person can approve in a session, and the record of it: bound to the digest of what was shown, used once. */
import { RunnerError } from "../errors/runner-error.ts";
import { changeSetSchema } from "../evidence/change.ts";
import type { ApprovalView } from "./engine.ts";
import { type PendingApproval, pendingApproval } from "./pending-approval.ts";
import type { SessionReading } from "./read-session.ts";
import type { SessionHandle } from "./task-context.ts";

/** @throws RunnerError E207 where nothing can be approved. */
export function approvalViewOf(sessionId: string, reading: SessionReading): ApprovalView {
  const pending = pendingApproval(reading.state);
  if (!pending) throw new RunnerError("E207", { id: sessionId });
  const { task, digest, violations, effect } = pending;
  const files = filesOf(reading, pending);
  return { sessionId, taskId: task.submitted.task_id, digest, violations, effect, files };
}

/** Who approved something longer ago may have seen another project, or forgotten it. */
const VALID_MS = 24 * 60 * 60 * 1000;

/** @throws RunnerError E207 where nothing can be approved, E208 where it is not what `digest` stands for. */
export function recordApproval(session: SessionHandle, digest: string, note: string | null, now: Date): void {
  const pending = pendingApproval(session.state);
  if (!pending) throw new RunnerError("E207", { id: session.id });
  if (pending.digest !== digest) throw new RunnerError("E208", { id: session.id });
  session.record({
    type: "approval.given",
    task_id: pending.task.submitted.task_id,
    digest,
    effect: pending.effect,
    rerun_from: pending.rerunFrom,
    violations: [...pending.violations],
    note,
    expires_at: new Date(now.getTime() + VALID_MS).toISOString(),
  });
  session.checkpoint();
}

/** Call before work goes on: makes approvals void that were not used in time. @returns when they were to be used */
export function expireApprovals(session: SessionHandle, now: Date): string | null {
  let expired: string | null = null;
  for (const [task_id, { unused }] of session.state.tasks) {
    const until = unused?.approval.expires_at;
    if (!unused || until === undefined || now.toISOString() <= until) continue;
    session.record({ type: "approval.expired", task_id, digest: unused.approval.digest });
    expired = until;
  }
  if (expired !== null) session.checkpoint();
  return expired;
}

function filesOf(reading: SessionReading, { task }: PendingApproval): ApprovalView["files"] {
  if (!task.result) return [];
  const { files } = changeSetSchema.parse(JSON.parse(reading.read(task.result.changes)));
  return files.map((file) => ({ path: file.path, added: file.added_lines, deleted: file.deleted_lines }));
}
