import { RequestError } from "@agentclientprotocol/sdk";
import { type ErrorCode, isRunnerError, type Redactor, RunnerError } from "@pm/core";
import { limitCode } from "../shared/limit-code.ts";
import { statusCode } from "../shared/status-code.ts";
import type { DrivenRun } from "./drive-acp-agent.ts";

export interface AcpOutcomeInput {
  readonly run: Pick<DrivenRun, "command" | "talk" | "isInitialized">;
  readonly name: string;
  readonly provider: string;
  /** Why the gateway let no further call begin. */
  readonly stopped: RunnerError | null;
  /** The status with which the API refused the last call; null where it answered, or nobody saw it. */
  readonly apiStatus: number | null;
  readonly redactor: Redactor;
}

export interface AcpOutcome {
  readonly isError: boolean;
  readonly outcome: string;
  readonly code: ErrorCode | null;
  readonly message: string | null;
}

const MESSAGE_CHARS = 500;
const AUTH_REQUIRED = -32000;

/** How a run ended. The first cause wins: a budget or a limit explains a missing answer, not the other way round. */
export function judgeAcpOutcome(input: AcpOutcomeInput): AcpOutcome {
  const { run, stopped, apiStatus } = input;
  const { command, talk } = run;
  if (stopped !== null)
    return failure(
      stopped.code === "E516" ? "budget used up" : "price unknown",
      stopped.code,
      stopped.message,
    );
  if (command.termination === "spawn_failed") return failure("spawn_failed", "E501", command.spawnError);
  if (command.termination !== "exited") {
    return failure(command.termination, limitCode(command.termination), null);
  }
  if (talk.answered) return answered(talk.stopReason);
  const { error } = talk;
  if (isRunnerError(error))
    return failure(error.code === "E522" ? "protocol error" : "refused", error.code, error.message);
  if (error instanceof RequestError) {
    if (apiStatus !== null) return failure(`api_error ${apiStatus}`, statusCode(apiStatus), error.message);
    const isLogin = error.code === AUTH_REQUIRED;
    if (isLogin) return failure("not logged in", "E503", `It wants to be logged in: ${error.message}`);
    return failure(`error ${error.code}`, run.isInitialized ? "E510" : "E522", wordsOf(error));
  }
  return gone(input);
}

function answered(stopReason: string): AcpOutcome {
  switch (stopReason) {
    case "end_turn":
      return { isError: false, outcome: "success", code: null, message: null };
    case "refusal":
      return failure(stopReason, "E515", "The agent says that the model refused.");
    case "max_tokens":
      return failure(stopReason, "E524", "The answer was longer than the model may answer at once.");
    case "max_turn_requests":
      return failure(stopReason, "E519", "The agent asked its model as often as it may in one turn.");
    case "cancelled":
      return failure(stopReason, "E510", "The agent says that its turn was cancelled.");
    default:
      return failure(
        "unknown stop reason",
        "E522",
        `The agent stopped for a reason that the protocol does not know: ${stopReason}`,
      );
  }
}

/** It ended before it had answered. */
function gone({ run, name, redactor }: AcpOutcomeInput): AcpOutcome {
  const { command, isInitialized } = run;
  const how = command.signal === null ? `exit ${command.exitCode}` : `signal ${command.signal}`;
  const { head, tail } = command.stderr;
  // Redacted first: half a secret is not known for one.
  const words = redactor
    .redact(Buffer.concat([head, tail]).toString("utf8"))
    .trim()
    .slice(-MESSAGE_CHARS);
  const said = words === "" ? "and printed no error" : `and said: ${words}`;
  if (isInitialized || command.exitCode !== 0) return failure(how, "E510", `It ended with ${how} ${said}`);
  const reason = `it ended before it had opened a session, ${said}`;
  return failure(how, "E522", new RunnerError("E522", { command: name, reason }).message);
}

/** Agents put what really happened in the data beside a message that only says "internal error". */
function wordsOf({ message, data }: RequestError): string {
  const more = typeof data === "string" ? data : data === undefined ? "" : JSON.stringify(data);
  return more === "" || message.includes(more) ? message : `${message}: ${more}`;
}

function failure(outcome: string, code: ErrorCode | null, message: string | null): AcpOutcome {
  return { isError: true, outcome, code, message };
}
