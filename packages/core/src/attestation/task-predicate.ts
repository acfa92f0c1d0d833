import type { JournalLine } from "../evidence/events.ts";
import { openViolations } from "../evidence/fold.ts";
import type { TaskState } from "../evidence/session-state.ts";
import type { Violation } from "../lifecycle/violation.ts";

/** What an attestation says of one task: its status, and what that rests on, by digest. Pure. */
export function describeTask(task: TaskState, lines: readonly JournalLine[]) {
  const { submitted } = task;
  return {
    task_id: submitted.task_id,
    kind: submitted.kind,
    state: task.at,
    status: task.status,
    cancelled: task.cancelled,
    landed: task.landed,
    isolation: task.isolation,
    attempt: task.attempt,
    base: task.base,
    result: task.result?.tree ?? null,
    scope: submitted.scope,
    person_checks: submitted.checks,
    phases: task.phases.map(({ phase, outcome }) => ({ phase, outcome })),
    documents: [...task.documents.values()]
      .map(({ name, sha256 }) => ({ name, sha256 }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    agents: agentsOf(submitted.task_id, lines),
    commands: task.commands.map((command) => ({
      purpose: command.purpose,
      on: command.on,
      tree: command.tree,
      id: command.id,
      argv: command.argv,
      termination: command.termination,
      exit_code: command.exit_code,
      tests: command.tests,
      stdout: command.stdout.sha256,
      stderr: command.stderr.sha256,
    })),
    checks: task.checks.map(({ id, on, tree, passed }) => ({ id, on, tree, passed })),
    gates: task.gates && {
      violations: task.gates.violations.map(describeViolation),
      waived: task.gates.waived.map(describeViolation),
    },
    violations: openViolations(task).map(describeViolation),
    approvals: task.approvals.map(({ effect, digest, rerun_from, violations }) => ({
      effect,
      digest,
      rerun_from,
      violations: violations.map(({ code }) => code),
    })),
  };
}

const describeViolation = ({ code, gate, status, message, paths }: Violation) => ({
  code,
  gate,
  status,
  message,
  paths,
});

/** Who worked on it, in all attempts: each provider with each model that it said it used, once. */
function agentsOf(taskId: string, lines: readonly JournalLine[]) {
  const providers = new Map<string, string>();
  const seen = new Map<string, { provider: string; model: string | null; agent_version: string | null }>();
  for (const { event } of lines) {
    if (event.type === "run.started" && event.task_id === taskId) providers.set(event.run_id, event.provider);
    if (event.type !== "run.ended" || event.task_id !== taskId) continue;
    const { model, agent_version } = event.record;
    const agent = { provider: providers.get(event.run_id) ?? "", model, agent_version };
    seen.set(JSON.stringify(agent), agent);
  }
  return [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, agent]) => agent);
}
