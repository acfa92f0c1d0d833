import { type AgentRunResult, blankRunRecord, type Redactor, redactDeep, type Usage } from "@pm/core";
import type { DrivenRun } from "./drive-agent.ts";
import type { Outcome } from "./outcome.ts";
import { structuredAnswer } from "./structured-answer.ts";

export interface RunResultInput {
  readonly run: DrivenRun;
  readonly outcome: Outcome;
  readonly usage: Usage;
  readonly wantsAnswer: boolean;
  readonly redactor: Redactor;
}

/** The facts of a run in the form of the port, with no secret in clear (P3). */
export function toRunResult({ run, outcome, usage, wantsAnswer, redactor }: RunResultInput): AgentRunResult {
  const { command, facts } = run;
  const answer = wantsAnswer && !outcome.isError ? structuredAnswer(facts.result) : undefined;
  return {
    record: {
      ...blankRunRecord(facts.version),
      exit_code: command.exitCode,
      signal: command.signal,
      termination: command.termination,
      duration_ms: command.durationMs,
      result_events: facts.resultEvents,
      is_error: outcome.isError,
      outcome: redactor.redact(outcome.outcome),
      tool_calls: facts.toolIds.size,
      denials: [...facts.denials.values()].map((denial) => redactor.redact(denial)),
      malformed_lines: facts.malformedLines,
      truncated: facts.oversizeLines > 0,
      survivors: command.survivors,
      output_bytes: command.stdout.bytes + command.stderr.bytes,
      usage,
      model: facts.model,
      error_code: outcome.code,
      error_message: outcome.message === null ? null : redactor.redact(outcome.message),
    },
    structured: redactDeep(answer, redactor),
    text: redactor.redact(facts.result?.result ?? facts.lastText),
    transcript: run.transcript.text(command.stderr),
  };
}
