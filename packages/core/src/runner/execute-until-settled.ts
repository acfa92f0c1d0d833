import { succeeded } from "../gates/qa-counts.ts";
import type { OwnCommand, RanCommand } from "./own-command.ts";
import { executeCommand } from "./run-command.ts";
import type { TaskContext } from "./task-context.ts";

const MOST_RUNS = 3;

/**
 * Runs a QA command that was green on the base. Where it fails it runs again, up to three times in all, until an end
 * differs from the first: then it is flaky, and the tests that flip can be named. It never turns a failure into a pass:
 * every run goes on record.
 */
export async function executeUntilSettled(ctx: TaskContext, command: OwnCommand): Promise<RanCommand[]> {
  const runs = [await executeCommand(ctx, command)];
  const before = ctx.task().commands.filter(({ on, id }) => on === "base" && id === command.id);
  if (before.length === 0 || !before.every(succeeded)) return runs;
  while (runs.every(isPlainFailure) && runs.length < MOST_RUNS) runs.push(await executeCommand(ctx, command));
  return runs;
}

/** One that took too long is not tried again: that would take as long. */
const isPlainFailure = ({ result }: RanCommand) => result.termination === "exited" && result.exitCode !== 0;
