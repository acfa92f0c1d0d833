import type { ChangeSet, TreeId } from "../evidence/change.ts";
import { isDocFile, isTestFile, mayHoldTests } from "../gates/file-classes.ts";
import { reportedTests } from "../gates/reported-tests.ts";
import { restoredFiles } from "../gates/restored-files.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import { recordQa } from "./evaluate-tree.ts";
import type { RanCommand } from "./own-command.ts";
import { executeCommand } from "./run-command.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * The code under test runs where its tests run: it can print what they should print, and take their assertions apart. So
 * the base's tests run on the result once more and expect other values: they have to fail. Only where some pass, the same
 * runs on the base, to tell which of them look at what was altered; and once more there where one did that passes on the
 * result, since it may have failed for another reason.
 * @param found files in which runners found tests on the base
 */
export async function corroborateTests(
  ctx: TaskContext,
  change: ChangeSet,
  found: ReadonlySet<string>,
  add: AddStep,
): Promise<void> {
  if (!change.files.some(({ path }) => !isTestFile(path) && !isDocFile(path))) return;
  const commands = (await ctx.qaCommands()).filter((command) => passedOnBase(ctx, command));
  if (commands.length === 0) return;
  const all = await ctx.store.listFiles(change.base);
  const tests = all.filter((path) => isTestFile(path) || found.has(path));
  const altered = await ctx.store.alterExpectations(change.base, [...tests, ...all.filter(mayHoldTests)]);
  if (altered === null) return;
  const files = [...new Set([...altered.files, ...restoredFiles(change, [...found])])];
  const within = [...change.tests_within, ...altered.files.filter(mayHoldTests)];
  const onResult = await ctx.store.graft(change.result, altered.tree, files, within);
  for (const command of commands) add(runAltered(ctx, command, onResult, altered.tree), recordQa(ctx, "QA"));
}

function passedOnBase(ctx: TaskContext, { id }: QaCommand): boolean {
  return ctx
    .task()
    .commands.some((ran) => ran.on === "base" && ran.id === id && ran.exit_code === 0 && ran.tests);
}

async function runAltered(
  ctx: TaskContext,
  command: QaCommand,
  onResult: TreeId,
  onBase: TreeId,
): Promise<RanCommand[]> {
  const order = { purpose: "qa", ...command } as const;
  const ran = await executeCommand(ctx, { ...order, on: "altered_restored", tree: onResult });
  if (!isGreen(ran) && testsOf(ran, "passed").length === 0) return [ran];
  const control = () => executeCommand(ctx, { ...order, on: "altered_base", tree: onBase });
  const runs = [ran, await control()];
  const passed = new Set(testsOf(ran, "passed"));
  return runs
    .slice(1)
    .flatMap((run) => testsOf(run, "failed"))
    .some((name) => passed.has(name))
    ? [...runs, await control()]
    : runs;
}

const isGreen = ({ result }: RanCommand) => result.termination === "exited" && result.exitCode === 0;

/** Names by the runner's own report; none where there is none. */
function testsOf({ tests }: RanCommand, outcome: "passed" | "failed"): string[] {
  if (!tests?.report) return [];
  return reportedTests(tests.report)
    .tests.filter((test) => test.outcome === outcome)
    .map(({ name }) => name);
}
