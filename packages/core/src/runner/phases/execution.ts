/**
 * EXECUTION: agents write, each in a checkout of its own; their trees are merged and taken as the result.
 *
 * Invariants:
 * X1 a subtask starts from the base merged with the results of what it depends on, and never before those ended;
 * X2 a subtask whose tree is on record is not run again;
 * X3 the result is what `pm`'s own store reads after every process of the workspace is dead.
 */
import type { TreeId } from "../../evidence/change.ts";
import { violationOf } from "../../gates/violation-of.ts";
import type { Subtask } from "../../lifecycle/handover.ts";
import { isAgentPhase } from "../../lifecycle/phases.ts";
import type { Violation } from "../../lifecycle/violation.ts";
import { askAgent } from "../ask-agent.ts";
import { captureResult } from "../capture-result.ts";
import { baseOf, documentsOf, promptMaterial } from "../material.ts";
import { type Branch, mergeBranches } from "../merge-branches.ts";
import { buildPrompt } from "../prompts.ts";
import { failed, inPhase, type PhaseRunner, passed, type TaskContext } from "../task-context.ts";
import { withCheckout } from "../with-checkout.ts";

const PHASE = "EXECUTION";

export const execute: PhaseRunner = async (ctx) => {
  const { subtasks } = documentsOf(ctx);
  if (!subtasks) throw new Error("EXECUTION without subtasks.json");
  const violations: Violation[] = [];
  const branches = new Map<string, Promise<Branch | null>>();
  const start = (subtask: Subtask): Promise<Branch | null> => {
    const running = branches.get(subtask.id);
    if (running) return running;
    const needed = subtasks.subtasks.filter((other) => subtask.depends_on.includes(other.id)).map(start);
    const branch = Promise.all(needed).then((before) => runSubtask(ctx, subtask, before, violations));
    branches.set(subtask.id, branch);
    return branch;
  };
  const settled = await Promise.allSettled(subtasks.subtasks.map(start));
  const thrown = settled.find((outcome) => outcome.status === "rejected");
  if (thrown) throw thrown.reason;
  const done = settled.flatMap((outcome) =>
    outcome.status === "fulfilled" && outcome.value ? [outcome.value] : [],
  );
  const merged = await mergeOntoBase(ctx, done, violations);
  await ctx.secureBase();
  await captureResult(ctx, merged);
  if (violations.length > 0) return failed(violations);
  await endProvider(ctx);
  return passed();
};

async function runSubtask(
  ctx: TaskContext,
  subtask: Subtask,
  before: readonly (Branch | null)[],
  violations: Violation[],
): Promise<Branch | null> {
  if (before.includes(null)) return null;
  const startTree = await mergeOntoBase(
    ctx,
    before.filter((branch) => branch !== null),
    violations,
  );
  const onRecord = ctx.task().subtaskTrees.get(subtask.id);
  if (onRecord) return { start: startTree, end: onRecord };
  return withCheckout(ctx, startTree, async (checkout) => {
    const material = { ...(await promptMaterial(ctx)), subtask };
    const answer = await askAgent(ctx, {
      phase: PHASE,
      subtaskId: subtask.id,
      access: "write",
      checkout,
      prompt: () => buildPrompt(PHASE, material),
      answer: null,
    });
    const end = await checkout.capture(ctx.signal);
    ctx.session.record({
      type: "result.captured",
      ...inPhase(ctx, PHASE),
      subtask_id: subtask.id,
      tree: end,
      changes: null,
      patch: null,
      survivors: ctx.task().runs.findLast((run) => run.subtask_id === subtask.id)?.record.survivors ?? 0,
    });
    if (answer.ok) return { start: startTree, end };
    violations.push(...answer.violations);
    return null;
  });
}

/** What two sides changed differently is a violation. */
async function mergeOntoBase(
  ctx: TaskContext,
  branches: readonly Branch[],
  violations: Violation[],
): Promise<TreeId> {
  const { tree, conflicts } = await mergeBranches(ctx.store, baseOf(ctx), branches);
  for (const paths of conflicts)
    violations.push(
      violationOf(
        "E230",
        "merge",
        "INCOMPLETE",
        { paths: paths.join(", "), session: ctx.session.id },
        { approval: "rerun", rerunFrom: PHASE, taskId: ctx.taskId, paths: [...paths] },
      ),
    );
  return tree;
}

async function endProvider(ctx: TaskContext): Promise<void> {
  const { submitted, runs } = ctx.task();
  const reason = await ctx.provider.endTask?.({
    task: submitted.prompt,
    runs: runs.flatMap(({ phase, subtask_id, ask }) =>
      isAgentPhase(phase) ? [{ phase, subtaskId: subtask_id, attempt: ask }] : [],
    ),
  });
  if (reason) ctx.session.record({ type: "provider.objected", task_id: ctx.taskId, reason });
}
