/** Puts a task's view together, from the lines of its session's journal and the blobs that they name. */
import { changeSetSchema } from "../evidence/change.ts";
import type { JournalLine } from "../evidence/events.ts";
import { applyLine, foldSession, openViolations } from "../evidence/fold.ts";
import { loadTaskEvidence } from "../evidence/load-task-evidence.ts";
import type { TaskState } from "../evidence/session-state.ts";
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import { commandViews, phaseViews, runViews } from "./phase-views.ts";
import type { SessionReading } from "./read-session.ts";
import { requirementViews } from "./requirement-views.ts";
import type { TaskView } from "./task-view.ts";
import { violationsOf } from "./to-execution-result.ts";

/**
 * @param held whether a live process has the session: then nothing of it passes for cut short.
 * @returns null where the session has no such task. @throws RunnerError E301, E303 where a blob is missing or altered.
 */
export function toTaskView(
  id: string,
  { lines, read }: Pick<SessionReading, "lines" | "read">,
  taskId: string,
  held: boolean,
): TaskView | null {
  const { state, seqOf } = foldNumbered(lines);
  const task = state.tasks.get(taskId);
  if (!task) return null;
  const { submitted } = task;
  return {
    session_id: id,
    task_id: taskId,
    ref: submitted.ref ?? null,
    prompt: submitted.prompt,
    kind: submitted.kind,
    scope: submitted.scope,
    person_checks: submitted.checks,
    status: task.status,
    phase: PHASES.find((phase: Phase) => phase === task.at) ?? null,
    attempt: task.attempt,
    ...timesOf(lines, task),
    provider: state.opened?.provider ?? "",
    model: state.opened?.model ?? null,
    pm_version: (state.attached ?? state.opened)?.pm_version ?? "",
    isolation: task.isolation,
    budget_usd: submitted.budget_usd ?? null,
    cost_usd: task.usage.cost_usd,
    usage: task.usage,
    landed: task.landed,
    cancelled: task.cancelled,
    phases: phaseViews(lines, taskId, held),
    runs: runViews(lines, taskId),
    commands: commandViews(lines, taskId),
    requirements: requirementViews({ evidence: loadTaskEvidence(state, task, read), task, seqOf }),
    violations: held ? openViolations(task) : violationsOf(state, task),
    waived: task.gates?.waived ?? [],
    approvals: approvalsOf(lines, taskId),
    change: changeOf(task, read),
    report: task.report?.markdown ?? null,
  };
}

/** Folds, and keeps which line each command that still counts comes from. */
function foldNumbered(lines: readonly JournalLine[]) {
  const state = foldSession([]);
  const seqOf = new Map<object, number>();
  for (const line of lines) {
    applyLine(state, line);
    const command = line.event.type === "command.ran" && state.tasks.get(line.event.task_id)?.commands.at(-1);
    if (command) seqOf.set(command, line.seq);
  }
  return { state, seqOf };
}

function timesOf(lines: readonly JournalLine[], { at, submitted }: TaskState) {
  const own = lines.filter(({ event }) => "task_id" in event && event.task_id === submitted.task_id);
  const end = own.findLast(({ event }) => event.type === "task.ended" || event.type === "task.cancelled");
  return { submitted_at: own[0]?.at ?? "", ended_at: at === "ENDED" ? (end?.at ?? null) : null };
}

function approvalsOf(lines: readonly JournalLine[], taskId: string): TaskView["approvals"] {
  const own = lines.filter(({ event }) => "task_id" in event && event.task_id === taskId);
  return own.flatMap(({ at, event }, index) => {
    if (event.type !== "approval.given") return [];
    const expired = own[index + 1]?.event.type === "approval.expired";
    return [{ at, effect: event.effect, digest: event.digest, note: event.note, expired }];
  });
}

function changeOf({ result }: TaskState, read: SessionReading["read"]): TaskView["change"] {
  if (!result) return null;
  const changes = changeSetSchema.parse(JSON.parse(read(result.changes)));
  return {
    base: changes.base,
    result: changes.result,
    files: changes.files.map(({ path, status, added_lines, deleted_lines }) => ({
      path,
      status,
      added: added_lines,
      deleted: deleted_lines,
    })),
    patch: result.patch,
  };
}
