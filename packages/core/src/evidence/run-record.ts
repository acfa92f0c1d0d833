import * as z from "zod";
import { ERROR_CODES, type ErrorCode } from "../errors/codes.ts";

export const usageSchema = z.strictObject({
  input_tokens: z.number().int().nonnegative(),
  output_tokens: z.number().int().nonnegative(),
  cache_read_tokens: z.number().int().nonnegative(),
  cache_write_tokens: z.number().int().nonnegative(),
  /** US dollars; null where the provider does not say. */
  cost_usd: z.number().nonnegative().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

export const NO_USAGE: Usage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  cost_usd: null,
};

/** The facts of one agent invocation, as journaled. */
export const agentRunRecordSchema = z.strictObject({
  exit_code: z.number().int().nullable(),
  signal: z.string().nullable(),
  termination: z.enum(["exited", "time_limit", "idle_limit", "aborted", "spawn_failed"]),
  duration_ms: z.number().nonnegative(),
  /** How many final answers the agent gave; exactly one is right. */
  result_events: z.number().int().nonnegative(),
  is_error: z.boolean(),
  /** The provider's own word for how it ended, for people. */
  outcome: z.string(),
  tool_calls: z.number().int().nonnegative(),
  denials: z.array(z.string()),
  malformed_lines: z.number().int().nonnegative(),
  /** Output was longer than what is read. */
  truncated: z.boolean(),
  survivors: z.number().int().nonnegative(),
  output_bytes: z.number().int().nonnegative(),
  usage: usageSchema,
  model: z.string().nullable(),
  agent_version: z.string().nullable(),
  /** Set where the provider knows which code of the registry this is; it explains, gates decide. */
  error_code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).nullable(),
  error_message: z.string().nullable(),
});
export type AgentRunRecord = z.infer<typeof agentRunRecordSchema>;
