/**
 * What a recording may say of how a run ended, beyond what playing it shows.
 *
 * Invariant: it can only make a run worse. A run whose playing went wrong keeps its own record whatever is said here, and
 * of a run that was played cleanly each fact is replaced by one that is at most as good: no field can hold a value that a
 * clean run has not, and that any gate likes better.
 */
import { type AgentRunRecord, agentRunRecordSchema } from "@pm/core";
import * as z from "zod";

const record = agentRunRecordSchema.shape;

export const endedSchema = z.strictObject({
  /** The agent's own word for it. */
  outcome: record.outcome.optional(),
  exit_code: record.exit_code.optional(),
  signal: z.string().min(1).optional(),
  /** A run that a person stopped is no run that ended. */
  termination: record.termination.exclude(["aborted"]).optional(),
  is_error: z.literal(true).optional(),
  result_events: record.result_events.optional(),
  error_code: record.error_code.unwrap().optional(),
  error_message: z.string().optional(),
  denials: record.denials.optional(),
  malformed_lines: record.malformed_lines.optional(),
  truncated: z.literal(true).optional(),
  survivors: record.survivors.optional(),
  /** The agent used no tool, whatever the files say. */
  tool_calls: z.literal(0).optional(),
  /** For what is said about a limit. */
  duration_ms: record.duration_ms.optional(),
});
export type Ended = z.infer<typeof endedSchema>;

/** @param played the record of a run whose actions were all played and fit */
export function endAsRecorded(played: AgentRunRecord, ended: Ended | undefined): AgentRunRecord {
  if (ended === undefined) return played;
  // From JSON, which knows no `undefined`: a field is there with a value, or it is not there.
  const facts = ended as Partial<AgentRunRecord>;
  return {
    ...played,
    ...facts,
    survivors: Math.max(played.survivors, ended.survivors ?? 0),
    duration_ms: Math.max(played.duration_ms, ended.duration_ms ?? 0),
  };
}

/** @returns what of a record differs from a clean run's; undefined where nothing does */
export function endedOf(of: AgentRunRecord): Ended | undefined {
  const facts: Ended = {
    ...(of.exit_code === 0 ? {} : { exit_code: of.exit_code }),
    ...(of.signal === null ? {} : { signal: of.signal }),
    ...(of.termination === "exited" || of.termination === "aborted" ? {} : { termination: of.termination }),
    ...(of.is_error ? { is_error: true } : {}),
    ...(of.result_events === 1 ? {} : { result_events: of.result_events }),
    ...(of.error_code === null ? {} : { error_code: of.error_code }),
    ...(of.error_message === null ? {} : { error_message: of.error_message }),
    ...(of.denials.length === 0 ? {} : { denials: of.denials }),
    ...(of.malformed_lines === 0 ? {} : { malformed_lines: of.malformed_lines }),
    ...(of.truncated ? { truncated: true } : {}),
    ...(of.survivors === 0 ? {} : { survivors: of.survivors }),
    ...(of.tool_calls === 0 ? { tool_calls: 0 as const } : {}),
  };
  if (Object.keys(facts).every((fact) => fact === "tool_calls")) {
    return facts.tool_calls === undefined ? undefined : facts;
  }
  return { ...facts, outcome: of.outcome, duration_ms: of.duration_ms };
}
