/** QA commands and the plan's checks on one tree, run by `pm` and recorded: on the base before, on the result after. */
import type { ChangeSet, TreeId } from "../evidence/change.ts";
import { proofFiles } from "../gates/proof-files.ts";
import { findTests, type ParsedTests } from "../gates/test-output.ts";
import type { Check, Plan } from "../lifecycle/handover.ts";
import { baseOf, qaCommands } from "./material.ts";
import type { RanCommand } from "./own-command.ts";
import { executeCommand, recordCommand, runCommand } from "./run-command.ts";
import { inPhase, type TaskContext } from "./task-context.ts";

export interface Evaluation {
  readonly phase: "PLANNING" | "QA";
  readonly on: "base" | "result" | "proof";
  readonly tree: TreeId;
  readonly plan: Plan | null;
}

export async function evaluateTree(ctx: TaskContext, evaluation: Evaluation): Promise<void> {
  const { phase, on, tree } = evaluation;
  const ran = on === "base" ? await ctx.baseQa() : await runQa(ctx, on, tree);
  const tests = ran.flatMap((command) => recordCommand(ctx, phase, command)?.tests ?? []);
  for (const check of evaluation.plan?.checks ?? []) await evaluateCheck(ctx, evaluation, check, tests);
}

/**
 * A check that is made of what agents wrote (their tests, say) must fail on the base sources too, or it proves nothing:
 * it runs once more on the base with just those files.
 */
export async function proveChecks(ctx: TaskContext, plan: Plan, change: ChangeSet): Promise<void> {
  const qaOf = new Map<TreeId, ParsedTests["tests"]>();
  for (const check of plan.checks) {
    const files = proofFiles(change, check);
    if (files.length === 0) continue;
    const tree = await ctx.store.graft(baseOf(ctx), change.result, files);
    if (check.type === "test" && !qaOf.has(tree)) {
      const ran = await runQa(ctx, "proof", tree);
      qaOf.set(
        tree,
        ran.flatMap((command) => recordCommand(ctx, "QA", command)?.tests ?? []),
      );
    }
    await evaluateCheck(ctx, { phase: "QA", on: "proof", tree }, check, qaOf.get(tree) ?? []);
  }
}

async function evaluateCheck(
  ctx: TaskContext,
  { phase, on, tree }: Omit<Evaluation, "plan">,
  check: Check,
  tests: ParsedTests["tests"],
): Promise<void> {
  if (check.type === "command") {
    await runCommand(ctx, phase, { purpose: "check", on, tree, id: check.id, argv: check.argv });
    return;
  }
  const found = check.type === "test" ? findTest(check, tests) : await inspectFile(ctx, check, tree);
  ctx.session.record({ type: "check.evaluated", ...inPhase(ctx, phase), on, tree, id: check.id, ...found });
}

/** Each command on a checkout of its own, one after the other. */
export async function runQa(ctx: TaskContext, on: Evaluation["on"], tree: TreeId): Promise<RanCommand[]> {
  const ran: RanCommand[] = [];
  for (const { id, argv } of await qaCommands(ctx))
    ran.push(await executeCommand(ctx, { purpose: "qa", on, tree, id, argv }));
  return ran;
}

interface Finding {
  readonly passed: boolean;
  readonly detail: string;
}

function findTest(check: Extract<Check, { type: "test" }>, tests: ParsedTests["tests"]): Finding {
  const found = findTests(tests, check.name);
  if (found.length === 0) return { passed: false, detail: "no such test ran" };
  return {
    passed: found.every((test) => test.outcome === "passed"),
    detail: found.map((test) => `${test.name}: ${test.outcome}`).join("; "),
  };
}

async function inspectFile(
  ctx: TaskContext,
  check: Extract<Check, { type: "file" }>,
  tree: TreeId,
): Promise<Finding> {
  const content = await ctx.store.readFile(tree, check.path);
  const there = content !== null;
  if (there !== (check.exists ?? true))
    return { passed: false, detail: there ? "the file is there" : "the file is not there" };
  if (check.contains !== undefined && !content?.includes(check.contains))
    return { passed: false, detail: "the text is not in it" };
  return { passed: true, detail: "as asked" };
}
