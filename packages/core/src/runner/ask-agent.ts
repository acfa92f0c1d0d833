/**
 * One question to an agent: run it, keep what it did as evidence, validate what it answers, ask once more where the
 * answer can't be used.
 *
 * Invariants:
 * A1 `run.started` is durable before the agent starts, `run.ended` is recorded whatever happened;
 * A2 an answer that the journal already holds is used again, the agent is not;
 * A3 an agent answers at most twice: a second unusable answer fails the phase.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { loadTaskEvidence } from "../evidence/load-task-evidence.ts";
import { evaluateGates } from "../gates/registry.ts";
import { violationOf } from "../gates/violation-of.ts";
import type { AgentPhase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { AgentRunResult } from "../ports/provider.ts";
import type { Checkout } from "../workspace/types.ts";
import { inPhase, type TaskContext } from "./task-context.ts";

export interface Question<T> {
  readonly phase: AgentPhase;
  readonly subtaskId: string | null;
  readonly access: "read" | "write";
  readonly checkout: Checkout;
  prompt(correction: string | null): string;
  /** The structured answer, and further rules on it beyond its schema. Null: none is asked for. */
  readonly answer: {
    readonly name: string;
    readonly schema: z.ZodType<T>;
    rules(value: T): Violation[];
  } | null;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T | null; readonly text: string }
  | { readonly ok: false; readonly violations: readonly Violation[] };

export async function askAgent<T>(ctx: TaskContext, question: Question<T>): Promise<Answer<T>> {
  const earlier = answerOnRecord(ctx, question);
  if (earlier) return earlier;
  let correction: string | null = null;
  for (let ask = 1; ; ask += 1) {
    const result: RunWithId = await runAgent(ctx, question, ask, correction);
    const judged: Answer<T> | null = judge(ctx, question, result);
    const clean = isClean(result);
    const again = judged !== null && !judged.ok && clean && ask === 1;
    recordEnd(ctx, question, ask, result, again);
    if (result.record.termination === "aborted") ctx.signal.throwIfAborted();
    if (again) {
      correction = judged.violations.map((violation) => violation.message).join("\n");
      continue;
    }
    const unclean = runRecordViolations(ctx, result.runId);
    if (unclean.length > 0) return { ok: false, violations: unclean };
    return judged ?? { ok: true, value: null, text: result.text };
  }
}

/** What an agent tries out should leave nothing beside the sources. QA's commands run as the person would run them. */
const AGENT_ENV = { PYTHONDONTWRITEBYTECODE: "1" };

type RunWithId = AgentRunResult & { readonly runId: string };

async function runAgent<T>(
  ctx: TaskContext,
  question: Question<T>,
  ask: number,
  correction: string | null,
): Promise<RunWithId> {
  const runId = `run-${ctx.ids.short()}`;
  const prompt = question.prompt(correction);
  const stateDir = path.join(ctx.workDir, "agents", question.subtaskId ?? question.phase.toLowerCase());
  const home = path.join(stateDir, "home");
  fs.mkdirSync(home, { recursive: true });
  const { task_limits, timeouts } = ctx.settings;
  const dependencies = await ctx.dependencies();
  const { spending, end: endSpending } = ctx.spending.ofRun();
  const work = () => {
    ctx.signal.throwIfAborted();
    ctx.spending.assertLeft();
    ctx.session.record({
      type: "run.started",
      ...inPhase(ctx, question.phase),
      run_id: runId,
      subtask_id: question.subtaskId,
      ask,
      provider: ctx.provider.name,
      model: ctx.model,
      prompt: ctx.session.blob("prompt", prompt),
    });
    return ctx.provider.run({
      sessionId: ctx.session.id,
      taskId: ctx.taskId,
      runId,
      phase: question.phase,
      subtaskId: question.subtaskId,
      attempt: ask,
      prompt,
      task: ctx.task().submitted.prompt,
      access: question.access,
      output: question.answer && {
        name: question.answer.name,
        jsonSchema: z.toJSONSchema(question.answer.schema, { target: "draft-7" }),
      },
      model: ctx.model,
      workspace: {
        path: ctx.isolation.level === "sandbox" ? ctx.session.project : question.checkout.dir,
        hostDir: question.checkout.dir,
      },
      stateDir,
      limits: { seconds: task_limits.seconds, idleSeconds: timeouts.operation_timeout_seconds },
      spending,
      signal: ctx.signal,
      exec: ({ readable, ...spec }) =>
        ctx.isolation.run(
          {
            dir: question.checkout.dir,
            mountAt: ctx.session.project,
            access: question.access,
            dependencies,
            home,
            readable: readable ?? [],
          },
          { ...spec, env: { ...AGENT_ENV, ...spec.env } },
        ),
      onActivity: (activity) => ctx.onActivity(runId, activity),
    });
  };
  const limited = question.access === "write" ? () => ctx.executors.run(work) : work;
  const result = await ctx.subagents.run(limited);
  endSpending(result.record.usage.cost_usd);
  return { ...result, runId };
}

function recordEnd<T>(
  ctx: TaskContext,
  question: Question<T>,
  ask: number,
  result: RunWithId,
  superseded: boolean,
): void {
  const answer = result.structured === undefined ? null : JSON.stringify(result.structured, null, 2);
  ctx.session.record({
    type: "run.ended",
    ...inPhase(ctx, question.phase),
    run_id: result.runId,
    subtask_id: question.subtaskId,
    ask,
    writes: question.access === "write",
    superseded,
    record: result.record,
    transcript: ctx.session.blob("transcript", result.transcript),
    answer: answer === null ? null : ctx.session.blob(question.answer?.name ?? "answer", answer),
  });
}

/** Null where no structured answer was asked for. */
function judge<T>(ctx: TaskContext, question: Question<T>, result: AgentRunResult): Answer<T> | null {
  if (!question.answer) return null;
  const { name, schema, rules } = question.answer;
  const refuse = (reason: string): Answer<T> => ({
    ok: false,
    violations: [
      violationOf(
        "E217",
        "handover",
        "INCOMPLETE",
        { file: name, phase: question.phase, reason, session: ctx.session.id },
        { approval: "rerun", rerunFrom: question.phase, taskId: ctx.taskId },
      ),
    ],
  });
  if (result.structured === undefined) return refuse("the agent gave no structured answer");
  const parsed = schema.safeParse(result.structured);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error));
  const broken = rules(parsed.data);
  return broken.length > 0
    ? { ok: false, violations: broken }
    : { ok: true, value: parsed.data, text: result.text };
}

const isClean = ({ record }: AgentRunResult) =>
  record.termination === "exited" && record.exit_code === 0 && record.result_events === 1 && !record.is_error;

function runRecordViolations(ctx: TaskContext, runId: string): Violation[] {
  const evidence = loadTaskEvidence(ctx.session.state, ctx.task(), ctx.session.read);
  const runs = evidence.runs.filter((run) => run.run_id === runId);
  return evaluateGates({ ...evidence, runs, openRuns: [] }).violations.filter(
    ({ gate }) => gate === "run record",
  );
}

/** A2: after a crash between `run.ended` and the end of the phase. */
function answerOnRecord<T>(ctx: TaskContext, question: Question<T>): Answer<T> | null {
  if (!question.answer) return null;
  const run = ctx
    .task()
    .runs.findLast(
      (candidate) => candidate.phase === question.phase && !candidate.superseded && candidate.answer,
    );
  if (!run?.answer) return null;
  const parsed = question.answer.schema.safeParse(JSON.parse(ctx.session.read(run.answer)));
  if (!parsed.success || question.answer.rules(parsed.data).length > 0) return null;
  return runRecordViolations(ctx, run.run_id).length > 0 ? null : { ok: true, value: parsed.data, text: "" };
}
