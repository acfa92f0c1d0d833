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

/** @throws RunnerError E207 where nothing can be approved, E208 where it is not what `digest` stands for. */
export function recordApproval(session: SessionHandle, digest: string, note: string | null): void {
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
  });
  session.checkpoint();
}

function filesOf(reading: SessionReading, { task }: PendingApproval): ApprovalView["files"] {
  if (!task.result) return [];
  const { files } = changeSetSchema.parse(JSON.parse(reading.read(task.result.changes)));
  return files.map((file) => ({ path: file.path, added: file.added_lines, deleted: file.deleted_lines }));
}
