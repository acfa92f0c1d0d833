import { type ExecutionResult, type RunControl, STATUS_EXIT_CODES, stripToLine } from "@pm/core";
import { INTERRUPTED, watchInterrupts } from "../interruption.ts";
import { createProgress } from "../progress/progress.ts";
import { errorReport, errorText } from "../render/error-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandContext } from "./command.ts";
import { printResult } from "./print-result.ts";

export interface RunExtras {
  /** Tasks that the session had before. */
  readonly known?: ExecutionResult["tasks"];
  /** Keeps a recording of the session, whatever came of it. */
  readonly record?: (sessionId: string) => Promise<string>;
}

/**
 * Runs a call of the engine with progress and Ctrl-C wired up, then prints its result.
 * @returns the exit code that the status stands for, or 130 after an interruption; 1 where all went well but
 *   the recording, since then what was asked for is not there
 */
export async function runSession(
  context: CommandContext,
  call: (control: RunControl) => Promise<ExecutionResult>,
  { known = [], record }: RunExtras = {},
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
    const code = stopped ? INTERRUPTED : STATUS_EXIT_CODES[result.overall_status];
    const recorded = record === undefined || (await keepRecording(context, () => record(result.session_id)));
    return recorded ? code : code || 1;
  } finally {
    progress.close();
    interruption.done();
  }
}

/** The result is on stdout already, and with `--json` nothing else may be there. @returns false where it could not be kept */
async function keepRecording({ io, style }: CommandContext, save: () => Promise<string>): Promise<boolean> {
  try {
    const path = await save();
    if (!style.quiet) io.stderr.write(`Recorded in ${stripToLine(path)}\n`);
    return true;
  } catch (error) {
    io.stderr.write(errorText(errorReport(error), createPainter(style.color.stderr)));
    return false;
  }
}
