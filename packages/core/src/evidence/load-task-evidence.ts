import { executedTests } from "../gates/reported-tests.ts";
import type { CommandRecord, TaskEvidence } from "../gates/task-evidence.ts";
import { parseTestOutput } from "../gates/test-output.ts";
import { type Settings, settingsSchema } from "../project/settings.ts";
import { testReportSchema } from "../test-adapters/test-report.ts";
import type { BlobRef } from "./blob-ref.ts";
import { type ChangeSet, changeSetSchema } from "./change.ts";
import { handedOver } from "./handed-over.ts";
import type { SessionState, TaskState } from "./session-state.ts";

/** Reads a blob as text. @throws RunnerError E301, E303. */
export type ReadBlob = (ref: BlobRef) => string;

/**
 * Puts together what the gates look at, from the folded journal and its blobs alone.
 * @throws RunnerError E301, E303 where a blob is missing or altered.
 */
export function loadTaskEvidence(session: SessionState, task: TaskState, read: ReadBlob): TaskEvidence {
  const parse = <T>(ref: BlobRef | undefined, schema: { parse(value: unknown): T }): T | null =>
    ref ? schema.parse(JSON.parse(read(ref))) : null;
  const opened = session.opened;
  return {
    sessionId: opened?.session_id ?? "",
    taskId: task.submitted.task_id,
    prompt: task.submitted.prompt,
    kind: task.submitted.kind,
    personScope: task.submitted.scope,
    personChecks: task.submitted.checks,
    settings: parse<Settings>(session.attached?.settings, settingsSchema) ?? settingsSchema.parse({}),
    phases: task.phases,
    runs: task.runs,
    openRuns: task.openRuns,
    providerObjection: task.providerObjection,
    ...handedOver(task, read),
    change: parse<ChangeSet>(task.result?.changes, changeSetSchema),
    commands: task.result ? task.commands.map((command) => withTests(command, read)) : task.commands,
    checks: task.checks,
    survivors: task.survivors,
    executionSeconds: executionSeconds(task),
    waivers: task.approvals
      .filter((approval) => approval.effect === "accept")
      .map(({ digest, violations }) => ({ digest, violations })),
  };
}

function withTests(command: TaskState["commands"][number], read: ReadBlob): CommandRecord {
  if (command.purpose !== "qa" || command.on === "proof" || command.tests === null) return command;
  const report = command.report?.tests;
  if (report)
    return { ...command, executed: executedTests(testReportSchema.parse(JSON.parse(read(report)))) };
  const parsed = parseTestOutput(read(command.stdout), read(command.stderr));
  const executed = (parsed?.tests ?? []).filter(({ outcome }) => outcome !== "skipped");
  return {
    ...command,
    executed: executed.map(({ name, outcome }) => ({ name, passed: outcome === "passed" })),
  };
}

function executionSeconds({ execution }: TaskState): number {
  if (!execution?.endedAt) return 0;
  return (Date.parse(execution.endedAt) - Date.parse(execution.startedAt)) / 1000;
}
