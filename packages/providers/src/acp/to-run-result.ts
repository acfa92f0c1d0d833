import { type AgentRunResult, blankRunRecord, type Redactor, redactDeep, type Usage } from "@pm/core";
import { jsonAnswer } from "../shared/json-answer.ts";
import type { AcpOutcome } from "./acp-outcome.ts";
import type { DrivenRun } from "./drive-acp-agent.ts";

export interface RunResultInput {
  readonly run: DrivenRun;
  readonly outcome: AcpOutcome;
  /** What passed the gateway; null where nothing does. */
  readonly metered: { readonly usage: Usage; readonly model: string | null } | null;
  readonly wantsAnswer: boolean;
  readonly redactor: Redactor;
}

const MESSAGE_CHARS = 1000;

/** The facts of a run in the form of the port, with no secret in clear (P3). */
export function toRunResult({
  run,
  outcome,
  metered,
  wantsAnswer,
  redactor,
}: RunResultInput): AgentRunResult {
  const { command, talk, updates, wire } = run;
  const text = updates.lastText();
  const blank = blankRunRecord(run.agentVersion === null ? null : redactor.redact(run.agentVersion));
  return {
    record: {
      ...blank,
      exit_code: command.exitCode,
      signal: command.signal,
      termination: command.termination,
      duration_ms: command.durationMs,
      result_events: talk.answered ? 1 : 0,
      is_error: outcome.isError,
      outcome: redactor.redact(outcome.outcome),
      tool_calls: updates.toolCalls,
      denials: run.denials.map((denial) => redactor.redact(denial)),
      malformed_lines: wire.malformedLines,
      truncated: wire.oversizeLines > 0,
      survivors: command.survivors,
      output_bytes: command.stdout.bytes + command.stderr.bytes,
      usage: metered?.usage ?? blank.usage,
      model: metered?.model ?? null,
      error_code: outcome.code,
      error_message:
        outcome.message === null ? null : redactor.redact(outcome.message).slice(0, MESSAGE_CHARS),
    },
    structured: wantsAnswer && !outcome.isError ? redactDeep(jsonAnswer(text), redactor) : undefined,
    text: redactor.redact(text),
    transcript: run.transcript.text(command.stderr),
  };
}
