import type { ChangeSet } from "../evidence/change.ts";
import { restoredFiles } from "../gates/restored-files.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import { recordQa } from "./evaluate-tree.ts";
import { executeUntilSettled } from "./execute-until-settled.ts";
import { baseScripts, executedPaths } from "./executed-paths.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * QA on the result with the base's tests put back as they were, where the result changed any: so tests that were
 * weakened, or helpers that lie, save nothing. A command that runs no tests is run again only where a file that it
 * executes itself was changed. Files that are no tests by name, and in which tests were found, may hold the code under
 * test as well, which must not be put back for good: without these it has to pass, too.
 * @param found files in which runners found tests on the base
 */
export async function restoreTests(
  ctx: TaskContext,
  change: ChangeSet,
  found: ReadonlySet<string>,
  add: AddStep,
): Promise<void> {
  const scripts = await baseScripts(ctx, change.base);
  for (const command of await ctx.qaCommands()) {
    const words = executedPaths(command.argv, scripts);
    const files = restoredFiles(change, [...words, ...found]);
    const own = change.files.some(({ path }) => words.has(path));
    if (files.length === 0 || !(own || countsTests(ctx, command))) continue;
    const known = restoredFiles(change, [...words]);
    for (const paths of known.length > 0 && known.length < files.length ? [files, known] : [files]) {
      const tree = await ctx.store.graft(change.result, change.base, paths, change.tests_within);
      add(executeUntilSettled(ctx, { purpose: "qa", on: "restored", tree, ...command }), recordQa(ctx, "QA"));
    }
  }
}

function countsTests(ctx: TaskContext, { id }: QaCommand): boolean {
  return ctx.task().commands.some((ran) => ran.on === "base" && ran.id === id && ran.tests !== null);
}
