import { type AgentRunResult, blankRunRecord, type Redactor, redactDeep } from "@pm/core";
import type { DrivenRun } from "./drive-run.ts";

export interface RunResultInput {
  readonly run: DrivenRun;
  readonly agentVersion: string;
  readonly redactor: Redactor;
}

const MESSAGE_CHARS = 500;

/** The facts of a run in the form of the port, with no secret in clear (P3). */
export function toRunResult({ run, agentVersion, redactor }: RunResultInput): AgentRunResult {
  const { command, end, facts, termination } = run;
  return {
    record: {
      ...blankRunRecord(agentVersion),
      exit_code: termination === "exited" ? Number(end.isError) : null,
      termination,
      duration_ms: run.durationMs,
      result_events: end.isError ? 0 : 1,
      is_error: end.isError,
      outcome: redactor.redact(end.outcome),
      tool_calls: facts.toolCalls,
      denials: facts.denials.map((denial) => redactor.redact(denial)),
      survivors: command.survivors,
      output_bytes: facts.outputBytes,
      usage: run.usage.total(),
      model: facts.model,
      error_code: end.code,
      // Cut last: half a secret is not known for one.
      error_message: end.message === null ? null : redactor.redact(end.message).slice(0, MESSAGE_CHARS),
    },
    structured: end.isError ? undefined : redactDeep(facts.structured, redactor),
    text: redactor.redact(facts.lastText),
    transcript: run.transcript.text(command.stderr),
  };
}
