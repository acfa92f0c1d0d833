/** REPORT: what happened, from evidence alone; also when it failed. */

import { changeSetSchema } from "../../evidence/change.ts";
import { openViolations } from "../../evidence/fold.ts";
import type { TaskState } from "../../evidence/session-state.ts";
import { taskStatus } from "../../lifecycle/status.ts";
import { notCovered } from "../not-covered.ts";
import { renderReport, type TaskReport } from "../render-report.ts";
import { inPhase, type TaskContext } from "../task-context.ts";

export async function report(ctx: TaskContext): Promise<void> {
  ctx.session.record({ type: "phase.started", ...inPhase(ctx, "REPORT") });
  const content = buildReport(ctx, ctx.task());
  ctx.session.record({
    type: "report.written",
    task_id: ctx.taskId,
    status: content.status,
    markdown: ctx.session.blob("report.md", renderReport(content)),
    json: ctx.session.blob("report.json", `${JSON.stringify(content, null, 2)}\n`),
  });
  ctx.session.record({ type: "task.ended", task_id: ctx.taskId, status: content.status });
  ctx.session.checkpointSoon();
}

function buildReport(ctx: TaskContext, task: TaskState): TaskReport {
  const violations = openViolations(task);
  const changes = task.result
    ? changeSetSchema.parse(JSON.parse(ctx.session.read(task.result.changes)))
    : null;
  return {
    session_id: ctx.session.id,
    task_id: ctx.taskId,
    prompt: task.submitted.prompt,
    kind: task.submitted.kind,
    status: taskStatus(task.gates !== null && task.landed, violations),
    isolation: task.isolation ?? ctx.isolation.level,
    provider: ctx.provider.name,
    base: task.base,
    result: task.result?.tree ?? null,
    landed: task.landed,
    // REPORT is on its way while this is written.
    phases: task.phases
      .filter(({ phase }) => phase !== "REPORT")
      .map(({ phase, outcome }) => ({ phase, outcome })),
    files: (changes?.files ?? []).map(({ path, status, added_lines, deleted_lines }) => ({
      path,
      status,
      added_lines,
      deleted_lines,
    })),
    commands: task.commands.map((command) => ({
      purpose: command.purpose,
      on: command.on,
      id: command.id,
      argv: command.argv,
      outcome:
        command.termination === "exited"
          ? `exit ${command.exit_code ?? command.signal}`
          : command.termination,
      duration_ms: command.duration_ms,
      tests: command.tests,
      reported_by: command.report?.tests ? command.report.runner : null,
    })),
    checks: task.checks.map(({ id, on, passed, detail }) => ({ id, on, passed, detail })),
    runs: task.runs.map(({ run_id, phase, subtask_id, record }) => ({
      run_id,
      phase,
      subtask_id,
      outcome: record.outcome,
      duration_ms: record.duration_ms,
      tool_calls: record.tool_calls,
      model: record.model,
      usage: record.usage,
    })),
    violations,
    waived: task.gates?.waived ?? [],
    approvals: task.approvals.map(({ effect, note, digest }) => ({ effect, note, digest })),
    budget_usd: task.submitted.budget_usd ?? null,
    usage: task.usage,
    not_covered: notCovered(task, changes),
  };
}
