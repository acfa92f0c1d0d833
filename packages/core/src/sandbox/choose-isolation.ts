import { RunnerError } from "../errors/runner-error.ts";
import { createBubblewrapIsolation } from "./bubblewrap.ts";
import { type BubblewrapProbe, probeBubblewrap } from "./probe-bubblewrap.ts";
import { createProcessIsolation } from "./process.ts";
import type { Isolation, IsolationLevel } from "./types.ts";

export interface IsolationChoice {
  readonly requested?: IsolationLevel | undefined;
  /** Nothing less than a sandbox will do. */
  readonly required: boolean;
  /** Whose own programs are never run; default the current directory. */
  readonly projectDir?: string;
}

/**
 * Makes the choice by what `probe` finds.
 * @returns a function that throws RunnerError E111 where a sandbox is required or asked for, and none works.
 */
export function createIsolationChooser(probe: (projectDir: string) => Promise<BubblewrapProbe>) {
  return async (choice: IsolationChoice): Promise<Isolation> => {
    if (choice.requested === "process") {
      if (!choice.required) return createProcessIsolation();
      throw new RunnerError("E111", {
        reason: 'the isolation chosen is "process", which is no sandbox',
        fix: 'Set isolation to "sandbox", or require_sandbox to false.',
      });
    }
    const found = await probe(choice.projectDir ?? process.cwd());
    if (found.works) {
      return createBubblewrapIsolation({ bwrap: found.bwrap, disableUserns: found.disableUserns });
    }
    if (choice.required || choice.requested === "sandbox") {
      throw new RunnerError("E111", { reason: found.reason, fix: found.fix });
    }
    return createProcessIsolation();
  };
}

/**
 * The isolation to run in: a sandbox where one really works here (found out once per process), else processes.
 * @throws RunnerError E111 where a sandbox is required or asked for, and none works.
 */
export const chooseIsolation = createIsolationChooser(probeBubblewrap);
