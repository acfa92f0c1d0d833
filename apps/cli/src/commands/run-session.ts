import { type ExecutionResult, type RunControl, STATUS_EXIT_CODES, stripToLine } from "@pm/core";
import { INTERRUPTED, watchInterrupts } from "../interruption.ts";
import { createProgress } from "../progress/progress.ts";
import type { CommandContext } from "./command.ts";
import { printResult } from "./print-result.ts";

/**
 * Runs a call of the engine with progress and Ctrl-C wired up, then prints its result.
 * @param known tasks that the session had before
 * @returns the exit code that the status stands for, or 130 after an interruption
 */
export async function runSession(
  context: CommandContext,
  call: (control: RunControl) => Promise<ExecutionResult>,
  known: ExecutionResult["tasks"] = [],
): Promise<number> {
  const progress = createProgress(
    context,
    known.map((task) => ({ id: task.task_id, prompt: stripToLine(task.prompt) })),
  );
  const interruption = watchInterrupts(context.io, (signal) => {
    progress.say(`${signal}: stopping the agents; once more ends at once.`);
  });
  try {
    const result = await call({ signal: interruption.signal, onEvent: progress.onEvent });
    progress.close();
    printResult(context, result);
    // A run that was through before the signal could stop anything has its own status.
    const stopped = interruption.signal.aborted && result.overall_status !== "COMPLETE";
    return stopped ? INTERRUPTED : STATUS_EXIT_CODES[result.overall_status];
  } finally {
    progress.close();
    interruption.done();
  }
}
