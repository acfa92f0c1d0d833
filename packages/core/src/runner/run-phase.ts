import type { JournalEvent } from "../evidence/events.ts";
import type { Phase } from "../lifecycle/phases.ts";
import { captureResult } from "./capture-result.ts";
import { baseOf, documentsOf } from "./material.ts";
import { validateCompletion } from "./phases/completion-validation.ts";
import { execute } from "./phases/execution.ts";
import { plan } from "./phases/planning.ts";
import { qa } from "./phases/qa.ts";
import { analyseRequirements } from "./phases/requirement-analysis.ts";
import { decomposeTask } from "./phases/task-decomposition.ts";
import { inPhase, type PhaseOutcome, type PhaseRunner, type TaskContext } from "./task-context.ts";

/** For the executor, the result, the result without what it claims to do, and the base with what is to prove it. */
const SPARE_CHECKOUTS = 4;

type WorkingPhase = Exclude<Phase, "REPORT">;

const RUNNERS: Readonly<Record<WorkingPhase, PhaseRunner>> = {
  REQUIREMENT_ANALYSIS: analyseRequirements,
  TASK_DECOMPOSITION: onlyForChanges(decomposeTask),
  PLANNING: onlyForChanges(plan),
  EXECUTION: onlyForChanges(execute),
  QA: onlyForChanges(qa),
  COMPLETION_VALIDATION: validateCompletion,
};

/** Runs one phase and records how it ended. A crash in between leaves it started: it then begins again. */
export async function runPhase(ctx: TaskContext, phase: WorkingPhase): Promise<void> {
  ctx.signal.throwIfAborted();
  ctx.session.record({ type: "phase.started", ...inPhase(ctx, phase) });
  beginEarly(ctx, phase);
  if (phase === "EXECUTION") ctx.checkouts.drop(baseOf(ctx));
  if (phase === "COMPLETION_VALIDATION") ctx.checkouts.clear();
  recordOutcome(ctx, phase, await RUNNERS[phase](ctx));
  ctx.session.checkpointSoon();
}

function recordOutcome(ctx: TaskContext, phase: WorkingPhase, outcome: PhaseOutcome): void {
  ctx.session.record(toEvent(inPhase(ctx, phase), outcome));
}

/** What needs nothing of the agents runs beside them. Who awaits it later gets its failure; until then nobody would. */
function beginEarly(ctx: TaskContext, phase: WorkingPhase): void {
  ctx.secureBase().catch(() => {});
  if (phase !== "REQUIREMENT_ANALYSIS") return;
  ctx.checkouts.shared(baseOf(ctx)).catch(() => {});
  if (ctx.task().submitted.kind === "answer") return;
  ctx.baseQa().catch(() => {});
  // Without a sandbox an agent could get at what waits for others.
  if (ctx.isolation.level === "sandbox") ctx.checkouts.prepare(baseOf(ctx), SPARE_CHECKOUTS);
}

function toEvent(where: ReturnType<typeof inPhase<WorkingPhase>>, outcome: PhaseOutcome): JournalEvent {
  switch (outcome.kind) {
    case "passed":
      return { type: "phase.passed", ...where, evidence: [...outcome.evidence] };
    case "failed":
      return { type: "phase.failed", ...where, violations: [...outcome.violations] };
    case "skipped":
      return { type: "phase.skipped", ...where, reason: outcome.reason };
    default:
      return outcome satisfies never;
  }
}

/** A question gets an answer, nobody writes: these phases are then recorded as not asked for. */
function onlyForChanges(runner: PhaseRunner): PhaseRunner {
  return async (ctx) => {
    const answer = ctx.task().submitted.kind === "answer" || documentsOf(ctx).requirements?.kind === "answer";
    if (!answer) return runner(ctx);
    if (ctx.task().at === "EXECUTION") await captureResult(ctx, baseOf(ctx));
    return { kind: "skipped", reason: "An answer was asked for, no change." };
  };
}
