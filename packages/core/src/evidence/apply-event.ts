/** What each event adds to what is known of its task, and what it makes void. Whether it may come is decided in `fold`. */
import { PHASES, type Phase } from "../lifecycle/phases.ts";
import type { EventOf, JournalEvent, JournalLine } from "./events.ts";
import type { TaskState } from "./session-state.ts";
import { addUsage, NO_TASK_USAGE } from "./sum-usage.ts";

export type TaskEvent = Exclude<
  JournalEvent,
  { type: "session.opened" | "session.attached" | "task.submitted" }
>;

export function applyToTask(task: TaskState, event: TaskEvent, { seq, at }: JournalLine): void {
  switch (event.type) {
    case "snapshot.taken":
      task.base = event.base;
      return;
    case "phase.started":
      forgetFrom(task, event.phase);
      task.interrupted = false;
      if (event.phase === "EXECUTION") task.execution = { startedAt: at, endedAt: null };
      task.phases.push({
        phase: event.phase,
        attempt: event.attempt,
        outcome: "started",
        startedSeq: seq,
        endedSeq: null,
      });
      return;
    case "phase.passed":
      endPhase(task, event.phase, event.attempt, "passed", seq);
      for (const ref of event.evidence) task.documents.set(ref.name, ref);
      if (event.phase === "EXECUTION" && task.execution) task.execution.endedAt = at;
      return;
    case "phase.skipped":
      endPhase(task, event.phase, event.attempt, "skipped", seq);
      return;
    case "phase.failed":
      endPhase(task, event.phase, event.attempt, "failed", seq);
      if (event.phase !== "COMPLETION_VALIDATION") task.failures.push(...event.violations);
      return;
    case "run.started":
      task.openRuns.push({ run_id: event.run_id, phase: event.phase, subtask_id: event.subtask_id });
      return;
    case "run.ended": {
      task.usage = addUsage(task.usage, event.record.usage);
      // A run that a person cut short stays open: it is neither a result nor run again without their word.
      if (event.record.termination === "aborted") return;
      task.openRuns = task.openRuns.filter((run) => run.run_id !== event.run_id);
      const { type: _type, task_id: _task, ...run } = event;
      task.runs.push(run);
      return;
    }
    case "provider.objected":
      task.providerObjection = event.reason;
      return;
    case "result.captured":
      task.survivors += event.survivors;
      if (event.subtask_id !== null) task.subtaskTrees.set(event.subtask_id, event.tree);
      if (event.changes) task.result = { tree: event.tree, changes: event.changes, patch: event.patch };
      return;
    case "command.ran": {
      // Elsewhere it is not the agents' result that left it behind.
      if (event.on === "result") task.survivors += event.survivors;
      const { type: _type, task_id: _task, ...command } = event;
      task.commands.push(command);
      return;
    }
    case "check.evaluated": {
      const { type: _type, task_id: _task, ...check } = event;
      task.checks.push(check);
      return;
    }
    case "gates.evaluated":
      task.gates = { violations: event.violations, waived: event.waived };
      return;
    case "landing.started":
      task.interrupted = false;
      task.landing = { from: event.from, to: event.to };
      return;
    case "landing.finished":
      task.interrupted = false;
      task.landing = null;
      task.landed = true;
      return;
    case "landing.undone":
      task.landing = null;
      return;
    case "landing.merged":
      task.attempt += 1;
      task.merges += 1;
      task.base = event.base;
      task.result = { tree: event.tree, changes: event.changes, patch: task.result?.patch ?? null };
      forgetFrom(task, "QA");
      return;
    case "landing.conflicted":
      task.landing = null;
      task.conflictedWith = event.now;
      task.failures.push(...event.violations);
      return;
    case "task.failed":
      task.landing = null;
      task.failures.push(...event.violations);
      return;
    case "task.interrupted":
      task.interrupted = true;
      task.interruptedBy = event.violations ?? [];
      return;
    case "task.cancelled":
      task.cancelled = true;
      task.openRuns = [];
      return;
    case "approval.given":
      task.approvals.push(event);
      task.attempt += 1;
      task.openRuns = [];
      if (task.conflictedWith) task.base = task.conflictedWith;
      task.conflictedWith = null;
      if (event.effect !== "resume")
        forgetFrom(
          task,
          event.effect === "accept" ? "COMPLETION_VALIDATION" : (event.rerun_from ?? "EXECUTION"),
        );
      return;
    case "approval.expired":
      Object.assign(task, task.unused?.before);
      return;
    case "report.written":
      task.report = { markdown: event.markdown, json: event.json };
      return;
    case "task.ended":
      return;
    default:
      event satisfies never;
  }
}

function endPhase(
  task: TaskState,
  phase: Phase,
  attempt: number,
  outcome: "passed" | "failed" | "skipped",
  seq: number,
): void {
  const open = task.phases.findLast((record) => record.phase === phase && record.outcome === "started");
  task.phases = task.phases.filter((record) => record !== open);
  task.phases.push({ phase, attempt, outcome, startedSeq: open?.startedSeq ?? seq, endedSeq: seq });
}

/** Documents that each phase hands on; a phase that starts again gives its own and all later ones up. */
const DOCUMENTS: Readonly<Partial<Record<Phase, string>>> = {
  REQUIREMENT_ANALYSIS: "requirements.json",
  TASK_DECOMPOSITION: "subtasks.json",
  PLANNING: "plan.json",
};

function forgetFrom(task: TaskState, phase: Phase): void {
  const kept = (other: Phase) => PHASES.indexOf(other) < PHASES.indexOf(phase);
  const resumed = task.phases.some((record) => record.phase === phase && record.outcome === "started");
  task.phases = task.phases.filter((record) => kept(record.phase));
  // A phase that a crash cut short starts again in the same attempt: what its agents already gave still counts.
  task.runs = task.runs.filter((run) => kept(run.phase) || (run.phase === phase && resumed));
  task.commands = task.commands.filter((command) => kept(command.phase));
  task.checks = task.checks.filter((check) => kept(check.phase));
  for (const [of, name] of Object.entries(DOCUMENTS)) if (!kept(of as Phase)) task.documents.delete(name);
  if (!kept("EXECUTION")) {
    if (!(phase === "EXECUTION" && resumed)) task.subtaskTrees.clear();
    task.result = null;
    task.providerObjection = null;
    if (!resumed) task.survivors = 0;
  }
  if (!kept("COMPLETION_VALIDATION")) task.gates = null;
  if (phase !== "REPORT") {
    task.landed = false;
    task.failures = [];
    task.report = null;
  }
}

export function newTask(submitted: EventOf<"task.submitted">): TaskState {
  return {
    submitted,
    at: "SUBMITTED",
    attempt: 1,
    base: null,
    phases: [],
    runs: [],
    openRuns: [],
    providerObjection: null,
    documents: new Map(),
    subtaskTrees: new Map(),
    result: null,
    commands: [],
    checks: [],
    survivors: 0,
    execution: null,
    gates: null,
    failures: [],
    approvals: [],
    unused: null,
    landing: null,
    landed: false,
    merges: 0,
    conflictedWith: null,
    interrupted: false,
    interruptedBy: [],
    cancelled: false,
    report: null,
    usage: NO_TASK_USAGE,
    isolation: null,
    status: "INCOMPLETE",
  };
}
