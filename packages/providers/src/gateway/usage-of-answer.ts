import type { Usage } from "@pm/core";
import * as z from "zod";

export type Tokens = Omit<Usage, "cost_usd">;

const count = z.number().nonnegative().nullish().catch(undefined);
const details = z.looseObject({ cached_tokens: count }).nullish().catch(undefined);
const usageSchema = z
  .looseObject({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    input_tokens_details: details,
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: details,
  })
  .nullish()
  .catch(undefined);
const body = { model: z.string().min(1).optional().catch(undefined), usage: usageSchema };
const nested = z.looseObject(body).nullish().catch(undefined);
/** An answer, or one event of it: of Anthropic's Messages, of OpenAI's Responses, of Chat. */
const answerSchema = z.looseObject({ ...body, message: nested, response: nested });

export interface AnswerPart {
  readonly model: string | null;
  /** What it says of the whole call until then; null where it says nothing. */
  readonly tokens: Tokens | null;
}

/** What one JSON text of an API says about who answered and what it used. */
export function usageOfAnswer(text: string): AnswerPart {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return NOTHING;
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return NOTHING;
  const { message, response } = parsed.data;
  const usage = parsed.data.usage ?? message?.usage ?? response?.usage;
  return {
    model: parsed.data.model ?? message?.model ?? response?.model ?? null,
    tokens: usage ? tokensOf(usage) : null,
  };
}

const NOTHING: AnswerPart = { model: null, tokens: null };

/** OpenAI counts what it read from its cache among the input, Anthropic beside it. */
function tokensOf(usage: NonNullable<z.infer<typeof usageSchema>>): Tokens {
  const cached = whole((usage.input_tokens_details ?? usage.prompt_tokens_details)?.cached_tokens);
  return {
    input_tokens: Math.max(0, whole(usage.prompt_tokens ?? usage.input_tokens) - cached),
    output_tokens: whole(usage.completion_tokens ?? usage.output_tokens),
    cache_read_tokens: cached + whole(usage.cache_read_input_tokens),
    cache_write_tokens: whole(usage.cache_creation_input_tokens),
  };
}

function whole(value: number | null | undefined): number {
  return Math.round(value ?? 0);
}
