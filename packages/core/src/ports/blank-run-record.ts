import { type AgentRunRecord, NO_USAGE } from "../evidence/run-record.ts";

/**
 * The record of a run of which nothing is known yet; every field that is not set afterwards says "nothing happened".
 * It is an error until the provider says otherwise.
 */
export function blankRunRecord(agentVersion: string | null): AgentRunRecord {
  return {
    exit_code: null,
    signal: null,
    termination: "exited",
    duration_ms: 0,
    result_events: 0,
    is_error: true,
    outcome: "unknown",
    tool_calls: 0,
    denials: [],
    malformed_lines: 0,
    truncated: false,
    survivors: 0,
    output_bytes: 0,
    usage: NO_USAGE,
    model: null,
    agent_version: agentVersion,
    error_code: null,
    error_message: null,
  };
}
