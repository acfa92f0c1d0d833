import type { RunnerError } from "../errors/runner-error.ts";
import { isRunnerError } from "../errors/runner-error.ts";
import { violationOf } from "../gates/violation-of.ts";
import type { ExecutionResult } from "./execution-result.ts";

/** Evidence that something else than `pm` changed while it ran: nothing more can be recorded, so nothing was. */
export function isAltered(error: unknown): error is RunnerError {
  return isRunnerError(error, "E302") || isRunnerError(error, "E310");
}

/** The result of a session whose evidence was altered under the hands of `pm`: what is on disk proves nothing. */
export function alteredResult(result: ExecutionResult, error: RunnerError): ExecutionResult {
  const data = { ...error.data, session: result.session_id };
  return {
    ...result,
    overall_status: "INVALID",
    next_action: `pm verify ${result.session_id}`,
    violations: [...result.violations, violationOf(error.code, "chain", "INVALID", data)],
  };
}
