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
import { jumbledFiles } from "../gates/jumbled-files.ts";
import type { Check, Plan } from "../lifecycle/handover.ts";
import { evaluateCheck, recordQa, runQa, type TestResults } from "./evaluate-tree.ts";
import { baseOf } from "./material.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * A check that is made of what agents wrote (their tests, say) must fail on the base sources too, or it proves nothing:
 * it runs once more on the base with just those files. A command does so without any, too: what failed before and
 * passes now may have waited for the clock. It must fail on the result without the bodies of the functions that
 * changed, and without the values of constants: a test may only want a new file to be there. The same where a command starts a new
 * program that is all of the change, and that is empty. It must fail where the changed files hold all their words and
 * mean nothing, or it only looks for text; and where its tests expect other values, or it compares nothing.
 */
export async function proveChecks(
  ctx: TaskContext,
  plan: Plan,
  change: ChangeSet,
  add: AddStep,
): Promise<void> {
  const qaOf = new Map<TreeId, TestResults>();
  const checks = plan.checks.filter(({ type }) => type !== "file");
  const jumbled = checks.length > 0 ? jumbledFiles(change) : [];
  const words = jumbled.length > 0 ? await ctx.store.jumble(change.result, jumbled) : null;
  const files = new Set(checks.length > 0 ? await ctx.store.listFiles(change.result) : []);
  for (const check of checks) {
    const written = proofFiles(change, check);
    if (written.length > 0 || check.type === "command") {
      const proof = await ctx.store.graft(baseOf(ctx), change.result, written, change.tests_within);
      evaluateOn("proof", proof, check);
    }
    const inline = check.type === "command" && isInlineCode(check.argv);
    if ((written.length > 0 || inline) && change.hollow !== null) {
      const own = changedScripts(change, check);
      evaluateOn("hollow", await ctx.store.graft(change.hollow, change.result, own), check);
    }
    const programs = startedPrograms(change, check);
    if (programs.length > 0) evaluateOn("emptied", await ctx.store.empty(change.result, programs), check);
    if (words !== null) evaluateOn("jumbled", words, check);
    const tests = testsBehind(check, change, files);
    const altered = await ctx.store.alterExpectations(change.result, tests, filtersOf(check));
    if (altered !== null) evaluateOn("altered", altered.tree, check);
  }

  function evaluateOn(on: TreeRole, tree: TreeId, check: Check): void {
    const tests = qaOf.get(tree) ?? [];
    if (check.type === "test" && !qaOf.has(tree)) {
      qaOf.set(tree, tests);
      add(runQa(ctx, on, tree), recordQa(ctx, "QA", tests));
    }
    evaluateCheck(ctx, { phase: "QA", on, tree }, check, tests, add);
  }
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
