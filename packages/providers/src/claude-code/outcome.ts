import { type CommandResult, type ErrorCode, RunnerError, type Spending } from "@pm/core";
import { limitCode } from "../shared/limit-code.ts";
import { statusCode } from "../shared/status-code.ts";
import type { ResultEvent } from "./stream-events.ts";

export interface OutcomeInput {
  readonly command: CommandResult;
  readonly resultEvents: number;
  readonly result: ResultEvent | null;
  readonly budget: {
    readonly spending: Pick<Spending, "budgetUsd">;
    /** Why the gateway let no further call begin. */
    readonly stopped: RunnerError | null;
    readonly isCostKnown: boolean;
  };
}

export interface Outcome {
  readonly isError: boolean;
  readonly outcome: string;
  readonly code: ErrorCode | null;
  readonly message: string | null;
}

const STDERR_CHARS = 500;

/** How a run ended. The first cause wins: a limit or a signal explains a missing answer, not the other way round. */
export function judgeOutcome(input: OutcomeInput): Outcome {
  const { command, result, budget } = input;
  if (budget.stopped !== null) return refused(budget.stopped);
  if (command.termination !== "exited") return stopped(command);
  if (result?.subtype === "error_max_budget_usd") return refused(usedUp(budget.spending));
  if (result?.is_error || (result && result.subtype !== "success")) return failedResult(result);
  if (command.signal !== null || command.exitCode !== 0) return crashed(command);
  if (result === null) {
    const message = `It exited with 0 and gave ${input.resultEvents === 0 ? "no" : "no readable"} answer.`;
    return { isError: true, outcome: "no_result", code: "E510", message };
  }
  if (budget.spending.budgetUsd !== null && !budget.isCostKnown) {
    return refused(new RunnerError("E517", { what: "this run" }));
  }
  return { isError: false, outcome: "success", code: null, message: null };
}

function refused(error: RunnerError): Outcome {
  const outcome = error.code === "E516" ? "budget used up" : "price unknown";
  return { isError: true, outcome, code: error.code, message: error.message };
}

/** The executable kept to what was left and stopped by itself. */
function usedUp({ budgetUsd }: Pick<Spending, "budgetUsd">): RunnerError {
  const budget = `$${(budgetUsd ?? 0).toFixed(2)}`;
  return new RunnerError("E516", { budget, spent: `at least ${budget}` });
}

function stopped(command: CommandResult): Outcome {
  const failedStart = command.termination === "spawn_failed";
  return {
    isError: true,
    outcome: command.termination,
    code: failedStart ? "E501" : limitCode(command.termination),
    message: failedStart ? command.spawnError : null,
  };
}

function crashed(command: CommandResult): Outcome {
  const how = command.signal === null ? `exit ${command.exitCode}` : `signal ${command.signal}`;
  const words = command.stderr.head.toString("utf8").trim().slice(0, STDERR_CHARS);
  return {
    isError: true,
    outcome: how,
    code: "E510",
    message: words === "" ? `It ended with ${how} and printed no error.` : words,
  };
}

function failedResult(result: ResultEvent): Outcome {
  const status = result.api_error_status ?? null;
  const words = result.result || result.errors?.join(" ") || result.subtype;
  const reason = result.terminal_reason ?? result.subtype;
  return {
    isError: true,
    outcome:
      status === null ? (result.subtype === "success" ? reason : result.subtype) : `api_error ${status}`,
    code: status === null ? codeOfReason(result, words) : statusCode(status),
    message: words.slice(0, STDERR_CHARS),
  };
}

function codeOfReason(result: ResultEvent, words: string): ErrorCode | null {
  // A limit that the person set is no failure of the agent's.
  if (result.subtype.startsWith("error_max")) return null;
  if (/not logged in|please run \/login/i.test(words)) return "E503";
  if (result.stop_reason === "refusal") return "E511";
  if (result.api_error === "max_output_tokens" || /output token (maximum|limit)/i.test(words)) return "E511";
  return result.terminal_reason === "api_error" ? "E506" : "E510";
}
