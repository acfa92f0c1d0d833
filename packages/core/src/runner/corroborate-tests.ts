import type { ChangeSet, TreeId } from "../evidence/change.ts";
import { isTestFile } from "../gates/file-classes.ts";
import { isPrinted } from "../gates/qa-counts.ts";
import { restoredFiles } from "../gates/restored-files.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import type { RanCommand } from "./own-command.ts";
import { executeCommand, recordCommand } from "./run-command.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * What a command prints of tests can be printed by the code under test as well. So where no runner reports itself, the
 * base's tests run on the result once more and expect other values: they have to fail. Only where they don't, the same
 * runs on the base, to tell whether the command can notice at all.
 */
export async function corroborateTests(ctx: TaskContext, change: ChangeSet, add: AddStep): Promise<void> {
  const commands = (await ctx.qaCommands()).filter((command) => isDoubtful(ctx, command));
  if (commands.length === 0) return;
  const tests = (await ctx.store.listFiles(change.base)).filter(isTestFile);
  const altered = await ctx.store.alterExpectations(change.base, tests);
  if (altered === null) return;
  const files = [...new Set([...altered.files, ...restoredFiles(change)])];
  const onResult = await ctx.store.graft(change.result, altered.tree, files);
  for (const command of commands)
    add(runAltered(ctx, command, onResult, altered.tree), (runs) => {
      for (const ran of runs) recordCommand(ctx, "QA", ran);
    });
}

function isDoubtful(ctx: TaskContext, { id }: QaCommand): boolean {
  return ctx.task().commands.some((ran) => ran.on === "base" && ran.id === id && isPrinted(ran));
}

async function runAltered(
  ctx: TaskContext,
  command: QaCommand,
  onResult: TreeId,
  onBase: TreeId,
): Promise<RanCommand[]> {
  const ran = await executeCommand(ctx, {
    purpose: "qa",
    on: "altered_restored",
    tree: onResult,
    ...command,
  });
  if (ran.result.termination !== "exited" || ran.result.exitCode !== 0) return [ran];
  return [ran, await executeCommand(ctx, { purpose: "qa", on: "altered_base", tree: onBase, ...command })];
}
