/** The plan's checks once more, on trees where they must fail: who wrote a check must not be believed that it checks. */
import type { ChangeSet, TreeId } from "../evidence/change.ts";
import type { TreeRole } from "../evidence/tree-role.ts";
import { argvPaths } from "../gates/argv-paths.ts";
import {
  changedScripts,
  changedTests,
  isInlineCode,
  proofFiles,
  startedPrograms,
} from "../gates/check-code.ts";
import { isTestFile } from "../gates/file-classes.ts";
import { jumbledFiles } from "../gates/new-code.ts";
import type { Check, Plan } from "../lifecycle/handover.ts";
import { commandsWith, evaluateCheck, recordQa, runQa, type TestResults } from "./evaluate-tree.ts";
import { isSpared } from "./is-spared.ts";
import { baseOf } from "./material.ts";
import type { RanCommand } from "./own-command.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/** What is proven, and of what. */
export interface Proving {
  readonly plan: Plan;
  readonly change: ChangeSet;
  /** The QA commands on the result. */
  readonly onResult: Promise<readonly RanCommand[]>;
}

/**
 * A check that is made of what agents wrote (their tests, say) must fail on the base sources too, or it proves nothing:
 * it runs once more on the base with just those files. A command does so without any, too: what failed before and
 * passes now may have waited for the clock. It must fail on the result without the bodies of the functions that
 * changed, and without the values of constants: a test may only want a new file to be there. The same where a command starts a new
 * program that is all of the change, and that is empty. It must fail where the changed files hold all their words and
 * mean nothing, or it only looks for text; and where its tests expect other values, or it compares nothing; where it runs only
 * tests in which none was found, that is not recorded.
 *
 * Where checks name tests, only those QA commands run again in which the result's run had them: lint has nothing to say.
 */
export async function proveChecks(ctx: TaskContext, proving: Proving, add: AddStep): Promise<void> {
  const { plan, change } = proving;
  const { prompt } = ctx.task().submitted;
  const evaluateOn = evaluator(ctx, proving, add);
  const checks = plan.checks.filter(({ type }) => type !== "file");
  const jumbled = checks.length > 0 ? jumbledFiles(change) : [];
  const words = jumbled.length > 0 ? await ctx.store.jumble(change.result, jumbled) : null;
  const files = new Set(checks.length > 0 ? await ctx.store.listFiles(change.result) : []);
  for (const check of checks) {
    const written = proofFiles(change, check, prompt);
    if (written.length > 0 || check.type === "command") {
      const proof = await ctx.store.graft(baseOf(ctx), change.result, written, change.tests_within);
      evaluateOn("proof", proof, check);
    }
    const inline = check.type === "command" && isInlineCode(check.argv);
    if ((written.length > 0 || inline) && change.hollow !== null) {
      const own = changedScripts(change, check, prompt);
      evaluateOn("hollow", await ctx.store.graft(change.hollow, change.result, own), check);
    }
    const programs = startedPrograms(change, check, prompt);
    if (programs.length > 0) evaluateOn("emptied", await ctx.store.empty(change.result, programs), check);
    if (words !== null) evaluateOn("jumbled", words, check);
    const tests = testsBehind(check, change, files);
    const altered = await ctx.store.alterExpectations(change.result, tests, filtersOf(check));
    if (altered !== null)
      evaluateOn("altered", altered.tree, check, () => !isSpared(ctx, check, altered.tests));
  }
}

/**
 * Once all of that is on record: a check that passes without the bodies of the changed functions may be about one that is
 * to return nothing, or to do nothing. Then it must fail where these throw, so it runs them; and where they are as they
 * were, so it rests on their change. Functions that are new have nothing to be put back to. Or it is about what is
 * exported, and fails where that is as it was.
 */
export async function lookAgain(ctx: TaskContext, proving: Proving, add: AddStep): Promise<void> {
  const { plan, change } = proving;
  const { prompt } = ctx.task().submitted;
  const evaluateOn = evaluator(ctx, proving, add);
  const checks = plan.checks.filter((check) => passesHollow(ctx, check));
  for (const mode of checks.length > 0 ? (["thrown", "reverted", "undeclared"] as const) : []) {
    const tree = await (mode === "undeclared"
      ? ctx.store.undeclare(change.result, change.files)
      : ctx.store.hollow(change.result, change.files, mode));
    if (tree === null) continue;
    for (const check of checks)
      evaluateOn(
        mode,
        await ctx.store.graft(tree, change.result, changedScripts(change, check, prompt)),
        check,
      );
  }
}

function passesHollow(ctx: TaskContext, { id }: Check): boolean {
  const { commands, checks } = ctx.task();
  return (
    commands.some((ran) => ran.on === "hollow" && ran.id === id && ran.exit_code === 0) ||
    checks.some((check) => check.on === "hollow" && check.id === id && check.passed)
  );
}

/**
 * @returns evaluates a check on a tree; the QA commands run once for each tree. `counts` is asked when its turn to go on record
 *   comes, and all before it stands there.
 */
function evaluator(ctx: TaskContext, { plan, onResult }: Proving, add: AddStep) {
  const qaOf = new Map<TreeId, TestResults>();
  const names = plan.checks.flatMap((check) => (check.type === "test" ? [check.name] : []));
  return (on: TreeRole, tree: TreeId, check: Check, counts = () => true): void => {
    const tests = qaOf.get(tree) ?? [];
    if (check.type === "test" && !qaOf.has(tree)) {
      qaOf.set(tree, tests);
      add(
        onResult.then((ran) => runQa(ctx, on, tree, commandsWith(ran, names))),
        recordQa(ctx, "QA", tests),
      );
    }
    const addWhatCounts: AddStep = (work, record) =>
      add(work, (value) => {
        if (counts()) record(value);
      });
    evaluateCheck(ctx, { phase: "QA", on, tree }, check, tests, addWhatCounts);
  };
}

/** What a command of cargo may choose tests by: others, which don't run, need not expect anything else. */
function filtersOf(check: Check): string[] {
  if (check.type !== "command" || check.argv[0] !== "cargo") return [];
  return check.argv.slice(2).filter((word) => !word.startsWith("-"));
}

/** The test files that a command names; where it names none, those that the task added or changed. */
function testsBehind(check: Check, change: ChangeSet, files: ReadonlySet<string>): string[] {
  const paths = check.type === "command" ? [...argvPaths(check.argv)] : [];
  const named = paths.filter((path) => isTestFile(path) && files.has(path));
  if (named.length > 0) return named;
  return changedTests(change).filter((path) => files.has(path));
}
