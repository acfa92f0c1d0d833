/** QA commands and the plan's checks on one tree, run by `pm` and recorded: on the base before, on the result after. */
import type { TreeId } from "../evidence/change.ts";
import type { TreeRole } from "../evidence/tree-role.ts";
import { findTests, type ParsedTests } from "../gates/test-output.ts";
import type { Check, Plan } from "../lifecycle/handover.ts";
import { executeUntilSettled } from "./execute-until-settled.ts";
import type { OwnCommand, RanCommand } from "./own-command.ts";
import { executeCommand, recordCommand, testsIn } from "./run-command.ts";
import { type AddStep, inSteps } from "./steps.ts";
import { inPhase, type TaskContext } from "./task-context.ts";

export interface Evaluation {
  readonly phase: "PLANNING" | "QA";
  readonly on: TreeRole;
  readonly tree: TreeId;
  readonly plan: Plan | null;
}

/**
 * Begins all of an evaluation at once; `add` says in which order it goes on record.
 * @param qa the QA commands on that tree
 */
export function evaluateTree(
  ctx: TaskContext,
  evaluation: Evaluation,
  qa: Promise<readonly RanCommand[]>,
  add: AddStep,
): void {
  const tests: TestResults = [];
  add(qa, recordQa(ctx, evaluation.phase, tests));
  for (const check of evaluation.plan?.checks ?? []) evaluateCheck(ctx, evaluation, check, tests, add);
}

export type TestResults = ParsedTests["tests"][number][];

/** The tests found go into `into`, where checks that are recorded later look for them. */
export const recordQa =
  (ctx: TaskContext, phase: Evaluation["phase"], into: TestResults = []) =>
  (ran: readonly RanCommand[]) => {
    for (const command of ran) into.push(...(recordCommand(ctx, phase, command)?.tests ?? []));
  };

export function evaluateCheck(
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
  else add(Promise.resolve(), () => record(on === "altered" ? noticed(tests) : findTest(check, tests)));
}

/**
 * Each command on a fresh tree, side by side as far as `ctx.commands` lets them.
 * @param only the ids of those that are wanted; default all
 */
export async function runQa(
  ctx: TaskContext,
  on: Evaluation["on"],
  tree: TreeId,
  only?: ReadonlySet<string>,
): Promise<RanCommand[]> {
  const commands = (await ctx.qaCommands()).filter(({ id }) => only === undefined || only.has(id));
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

/** The ids of the commands in which a test of one of these names ran. */
export function commandsWith(ran: readonly RanCommand[], names: readonly string[]): ReadonlySet<string> {
  const has = (run: RanCommand) => {
    const tests = testsIn(run)?.tests ?? [];
    return names.some((name) => findTests(tests, name).length > 0);
  };
  return new Set(ran.filter(has).map(({ command }) => command.id));
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

/** Which test the other values were put into is not known: one that fails is enough. */
function noticed(tests: readonly TestResults[number][]): Finding {
  const failing = tests.find(({ outcome }) => outcome === "failed");
  return failing
    ? { passed: false, detail: `${failing.name}: failed` }
    : { passed: true, detail: "no test failed" };
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
