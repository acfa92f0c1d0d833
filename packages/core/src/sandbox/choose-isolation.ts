import { RunnerError } from "../errors/runner-error.ts";
import { createBubblewrapIsolation } from "./bubblewrap.ts";
import { probeBubblewrap } from "./probe-bubblewrap.ts";
import { createProcessIsolation } from "./process.ts";
import type { Isolation, IsolationLevel } from "./types.ts";

export interface IsolationChoice {
  readonly requested?: IsolationLevel | undefined;
  /** Nothing less than a sandbox will do. */
  readonly required: boolean;
}

/**
 * The isolation to run in: a sandbox where one really works here, else processes.
 * @throws RunnerError E111 where a sandbox is required or asked for, and none works.
 */
export async function chooseIsolation(choice: IsolationChoice): Promise<Isolation> {
  if (choice.requested === "process") {
    if (!choice.required) return createProcessIsolation();
    throw new RunnerError("E111", {
      reason: 'the isolation chosen is "process", which is no sandbox',
      fix: 'Set isolation to "sandbox", or require_sandbox to false.',
    });
  }
  const probe = await probeBubblewrap();
  if (probe.works) {
    return createBubblewrapIsolation({ bwrap: probe.bwrap, disableUserns: probe.disableUserns });
  }
  if (choice.required || choice.requested === "sandbox") {
    throw new RunnerError("E111", { reason: probe.reason, fix: probe.fix });
  }
  return createProcessIsolation();
}
