import * as z from "zod";

/**
 * The events of `--output-format stream-json` that mean something to us. Unknown types and unknown keys are ignored:
 * there will be more of them.
 */
const block = z.union([
  z.looseObject({ type: z.literal("text"), text: z.string() }),
  z.looseObject({
    type: z.literal("tool_use"),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
  }),
  z.looseObject({ type: z.string() }),
]);

export const anyEventSchema = z.looseObject({ type: z.string(), subtype: z.string().optional() });

export const initEventSchema = z.looseObject({
  session_id: z.string().optional(),
  model: z.string().optional(),
  claude_code_version: z.string().optional(),
});

export const assistantEventSchema = z.looseObject({
  message: z.looseObject({ content: z.array(block), model: z.string().optional() }),
});

export const retryEventSchema = z.looseObject({
  error: z.string().nullish(),
  error_status: z.number().nullish(),
});

export const deniedEventSchema = z.looseObject({
  tool_name: z.string(),
  tool_use_id: z.string().optional(),
});

const count = z.number().nonnegative().catch(0).default(0);

const modelUsageSchema = z.record(
  z.string(),
  z.looseObject({
    inputTokens: count,
    outputTokens: count,
    cacheReadInputTokens: count,
    cacheCreationInputTokens: count,
  }),
);

const messageUsageSchema = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
});

/** `is_error` and `subtype` decide about success, so an event without them is not taken for a result. */
export const resultEventSchema = z.looseObject({
  subtype: z.string(),
  is_error: z.boolean(),
  session_id: z.string().optional(),
  result: z.string().nullish(),
  structured_output: z.unknown().optional(),
  api_error_status: z.number().nullish(),
  api_error: z.string().nullish(),
  terminal_reason: z.string().nullish(),
  stop_reason: z.string().nullish(),
  errors: z.array(z.string()).nullish(),
  total_cost_usd: z.number().nonnegative().nullish().catch(null),
  usage: messageUsageSchema.nullish().catch(null),
  modelUsage: modelUsageSchema.nullish().catch(null),
  permission_denials: z
    .array(
      z.looseObject({
        tool_name: z.string(),
        tool_use_id: z.string().optional(),
        tool_input: z.unknown().optional(),
      }),
    )
    .nullish(),
});
export type ResultEvent = z.infer<typeof resultEventSchema>;
