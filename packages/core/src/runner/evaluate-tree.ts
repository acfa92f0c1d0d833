/** QA commands and the plan's checks on one tree, run by `pm` and recorded: on the base before, on the result after. */
import type { ChangeSet, TreeId } from "../evidence/change.ts";
import { proofFiles } from "../gates/proof-files.ts";
import { findTests, type ParsedTests } from "../gates/test-output.ts";
import type { Check, Plan } from "../lifecycle/handover.ts";
import { executeUntilSettled } from "./execute-until-settled.ts";
import { baseOf } from "./material.ts";
import type { OwnCommand, RanCommand } from "./own-command.ts";
import { executeCommand, recordCommand } from "./run-command.ts";
import { type AddStep, inSteps } from "./steps.ts";
import { inPhase, type TaskContext } from "./task-context.ts";

export interface Evaluation {
  readonly phase: "PLANNING" | "QA";
  readonly on: "base" | "result" | "proof" | "hollow";
  readonly tree: TreeId;
  readonly plan: Plan | null;
}

/** Begins all of an evaluation at once; `add` says in which order it goes on record. */
export async function evaluateTree(ctx: TaskContext, evaluation: Evaluation, add: AddStep): Promise<void> {
  const { phase, on, tree } = evaluation;
  const tests: TestResults = [];
  add(on === "base" ? ctx.baseQa() : runQa(ctx, on, tree), recordQa(ctx, phase, tests));
  for (const check of evaluation.plan?.checks ?? []) evaluateCheck(ctx, evaluation, check, tests, add);
}

/**
 * A check that is made of what agents wrote (their tests, say) must fail on the base sources too, or it proves nothing:
 * it runs once more on the base with just those files. A command does so without any, too: what failed before and
 * passes now may have waited for the clock. And it must fail on the result without the bodies of the functions that
 * changed, where those can be told: a test may only want a new file to be there.
 */
export async function proveChecks(
  ctx: TaskContext,
  plan: Plan,
  change: ChangeSet,
  add: AddStep,
): Promise<void> {
  const qaOf = new Map<TreeId, TestResults>();
  for (const check of plan.checks) {
    const files = proofFiles(change, check);
    if (files.length === 0 && check.type !== "command") continue;
    const proof = await ctx.store.graft(baseOf(ctx), change.result, files);
    evaluateOn("proof", proof, check);
    if (files.length > 0 && change.hollow !== null) evaluateOn("hollow", change.hollow, check);
  }

  function evaluateOn(on: "proof" | "hollow", tree: TreeId, check: Check): void {
    const tests = qaOf.get(tree) ?? [];
    if (check.type === "test" && !qaOf.has(tree)) {
      qaOf.set(tree, tests);
      add(runQa(ctx, on, tree), recordQa(ctx, "QA", tests));
    }
    evaluateCheck(ctx, { phase: "QA", on, tree }, check, tests, add);
  }
}

type TestResults = ParsedTests["tests"][number][];

/** The tests found go into `into`, where checks that are recorded later look for them. */
const recordQa =
  (ctx: TaskContext, phase: Evaluation["phase"], into: TestResults) => (ran: readonly RanCommand[]) => {
    for (const command of ran) into.push(...(recordCommand(ctx, phase, command)?.tests ?? []));
  };

function evaluateCheck(
  ctx: TaskContext,
  { phase, on, tree }: Omit<Evaluation, "plan">,
  check: Check,
  tests: TestResults,
  add: AddStep,
): void {
  if (check.type === "command") {
    const command = executeCommand(ctx, { purpose: "check", on, tree, id: check.id, argv: check.argv });
    add(command, (ran) => void recordCommand(ctx, phase, ran));
    return;
  }
  const record = (found: Finding) =>
    ctx.session.record({ type: "check.evaluated", ...inPhase(ctx, phase), on, tree, id: check.id, ...found });
  if (check.type === "file") add(inspectFile(ctx, check, tree), record);
  else add(Promise.resolve(), () => record(findTest(check, tests)));
}

/** Each command on a fresh tree, side by side as far as `ctx.commands` lets them. */
export async function runQa(ctx: TaskContext, on: Evaluation["on"], tree: TreeId): Promise<RanCommand[]> {
  const commands = await ctx.qaCommands();
  const ran: RanCommand[] = [];
  await inSteps(async (add) => {
    for (const qa of commands) {
      const command: OwnCommand = { purpose: "qa", on, tree, ...qa };
      if (on === "result") add(executeUntilSettled(ctx, command), (runs) => void ran.push(...runs));
      else add(executeCommand(ctx, command), (run) => void ran.push(run));
    }
  });
  return ran;
}

interface Finding {
  readonly passed: boolean;
  readonly detail: string;
}

function findTest(check: Extract<Check, { type: "test" }>, tests: readonly TestResults[number][]): Finding {
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
