import type { ChangeSet, TreeId } from "../evidence/change.ts";
import { sharesProcess } from "../gates/held-tests.ts";
import { restoredFiles } from "../gates/restored-files.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import { recordQa } from "./evaluate-tree.ts";
import { executeUntilSettled } from "./execute-until-settled.ts";
import type { RanCommand } from "./own-command.ts";
import { executeCommand } from "./run-command.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * Code under test runs in the process of its tests and can put another clock there than the one they measure by: every
 * comparison is real then, and what is compared is not. So the base's tests run on the result once more while what both
 * share is held as it is. Only where they fail, the same runs on the base: tests may replace a clock themselves. A run in
 * which nothing could be held says nothing and is not recorded.
 * @param found files in which runners found tests on the base
 */
export async function holdTests(
  ctx: TaskContext,
  change: ChangeSet,
  found: ReadonlySet<string>,
  add: AddStep,
): Promise<void> {
  if (!sharesProcess(change)) return;
  const onBase = ctx.task().commands.filter(({ on, tests }) => on === "base" && tests !== null);
  const commands = (await ctx.qaCommands()).filter(({ id }) => onBase.some((ran) => ran.id === id));
  if (commands.length === 0) return;
  const files = restoredFiles(change, [...found]);
  const tree = await ctx.store.graft(change.result, change.base, files, change.tests_within);
  for (const command of commands) add(runHeld(ctx, command, tree, change.base), recordQa(ctx, "QA"));
}

async function runHeld(
  ctx: TaskContext,
  command: QaCommand,
  onResult: TreeId,
  onBase: TreeId,
): Promise<RanCommand[]> {
  const order = { purpose: "qa", holds: true, ...command } as const;
  const runs = await executeUntilSettled(ctx, { ...order, on: "held", tree: onResult });
  if (!runs.every(({ held }) => held)) return [];
  if (runs.some(({ result }) => result.termination === "exited" && result.exitCode === 0)) return runs;
  const control = await executeCommand(ctx, { ...order, on: "held_base", tree: onBase });
  return control.held ? [...runs, control] : [];
}
