/**
 * One task from where its journal says it stands to its end, or to where a person is needed.
 *
 * Invariants:
 * T1 the journal decides what comes next, never a variable of this process: a crash anywhere is a resume;
 * T2 whatever goes wrong ends in a recorded status that is not COMPLETE;
 * T3 nothing is tried again unless a person said so, for this time or by `qa.repair_attempts`;
 * T4 a task does not end while its landing is open: then part of its change may be in the project.
 */

import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { openViolations } from "../evidence/fold.ts";
import { approvalDigest } from "../gates/approval-digest.ts";
import { violationOf } from "../gates/violation-of.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import { isAltered } from "./altered-result.ts";
import { land } from "./land.ts";
import { withWholeProject } from "./open-landing.ts";
import { report } from "./phases/report.ts";
import { runPhase } from "./run-phase.ts";
import { StopRequest } from "./stop-reason.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * @throws RunnerError E109, E307 where the journal or the disk can't take more: then nothing is recorded, and the task goes
 *   on from its last finished phase when there is room again. E302, E310 where something else changed the evidence: then
 *   nothing is recorded any more.
 */
export async function runTask(ctx: TaskContext): Promise<void> {
  try {
    await runToEnd(ctx);
    while (standingApproval(ctx)) await runToEnd(ctx);
  } catch (error) {
    if (isRunnerError(error, "E109") || isRunnerError(error, "E307") || isAltered(error)) throw error;
    const asked = ctx.signal.aborted && !isRunnerError(error, "E239");
    await recordStop(ctx, asked ? ctx.signal.reason : error);
  }
}

async function runToEnd(ctx: TaskContext): Promise<void> {
  for (let at = ctx.task().at; at !== "ENDED"; at = ctx.task().at) {
    if (at === "SUBMITTED") await takeSnapshot(ctx);
    else if (at === "LANDING") await land(ctx);
    else if (at === "REPORT") await report(ctx);
    else await runPhase(ctx, at);
  }
}

async function takeSnapshot(ctx: TaskContext): Promise<void> {
  ctx.signal.throwIfAborted();
  await withWholeProject(ctx, async () => {
    const { tree, files } = await ctx.store.snapshot(ctx.signal);
    ctx.session.record({ type: "snapshot.taken", task_id: ctx.taskId, base: tree, files });
  });
}

async function recordStop(ctx: TaskContext, cause: unknown): Promise<void> {
  const { at, landing } = ctx.task();
  const stopped = cause instanceof StopRequest;
  if (stopped && cause.reason === "cancelled" && landing === null) {
    ctx.session.record({ type: "task.cancelled", task_id: ctx.taskId });
    return ctx.session.checkpoint();
  }
  // T4. Whoever cancelled it settles its landing, see `cancelTasks`. E239 may be of another session's.
  if (stopped || landing !== null || isRunnerError(cause, "E238") || isRunnerError(cause, "E239")) {
    ctx.session.record({
      type: "task.interrupted",
      task_id: ctx.taskId,
      phase: (PHASES as readonly string[]).includes(at) ? (at as Phase) : null,
      ...(!stopped && { violations: [violationFrom(ctx, cause, "INCOMPLETE")] }),
    });
    return ctx.session.checkpoint();
  }
  if (at === "REPORT" || at === "ENDED") throw cause;
  const violation = violationFrom(ctx, cause);
  ctx.session.record({ type: "task.failed", task_id: ctx.taskId, violations: [violation] });
  await report(ctx);
}

/** Evidence that is missing, altered or unreadable: whatever it proved, it proves no more. */
const DAMAGE: ReadonlySet<string> = new Set(["E301", "E303", "E304"]);

function violationFrom(ctx: TaskContext, cause: unknown, status?: "INCOMPLETE") {
  const error =
    cause instanceof RunnerError
      ? cause
      : new RunnerError("E119", { path: "pm", reason: describe(cause) }, cause);
  return violationOf(
    error.code,
    "runner",
    status ?? (DAMAGE.has(error.code) ? "INVALID" : "ERROR"),
    { session: ctx.session.id, ...error.data },
    { taskId: ctx.taskId },
  );
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** T3: `qa.repair_attempts` is a person's word for so many reruns of EXECUTION on a failed QA. */
function standingApproval(ctx: TaskContext): boolean {
  const task = ctx.task();
  const violations = openViolations(task);
  const used = task.approvals.filter((approval) => approval.note === STANDING_NOTE).length;
  if (used >= ctx.settings.qa.repair_attempts || violations.length === 0) return false;
  if (!violations.some(({ code }) => code === "E223")) return false;
  if (!violations.every((violation) => violation.rerun_from === "EXECUTION")) return false;
  ctx.session.record({
    type: "approval.given",
    task_id: ctx.taskId,
    digest: approvalDigest(task.result?.tree ?? null, violations),
    effect: "rerun",
    rerun_from: "EXECUTION",
    violations,
    note: STANDING_NOTE,
  });
  return true;
}

const STANDING_NOTE = "standing approval: qa.repair_attempts";
