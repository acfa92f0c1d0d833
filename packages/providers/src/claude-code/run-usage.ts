import type { Usage } from "@pm/core";
import type { ResultEvent } from "./stream-events.ts";

/** What a result event says was used since its conversation began, earlier runs of it included. */
export function totalUsage(result: ResultEvent): Usage {
  const models = Object.values(result.modelUsage ?? {});
  const cost_usd = result.total_cost_usd ?? null;
  if (models.length === 0) {
    return {
      input_tokens: whole(result.usage?.input_tokens),
      output_tokens: whole(result.usage?.output_tokens),
      cache_read_tokens: whole(result.usage?.cache_read_input_tokens),
      cache_write_tokens: whole(result.usage?.cache_creation_input_tokens),
      cost_usd,
    };
  }
  const sum = (pick: (model: (typeof models)[number]) => number) =>
    whole(models.reduce((total, model) => total + pick(model), 0));
  return {
    input_tokens: sum((model) => model.inputTokens),
    output_tokens: sum((model) => model.outputTokens),
    cache_read_tokens: sum((model) => model.cacheReadInputTokens),
    cache_write_tokens: sum((model) => model.cacheCreationInputTokens),
    cost_usd,
  };
}

/** `total` without what was used `before`; never below nothing, should a version not count on. */
export function usageSince(before: Usage, total: Usage): Usage {
  const less = (now: number, then: number) => (now >= then ? now - then : now);
  return {
    input_tokens: less(total.input_tokens, before.input_tokens),
    output_tokens: less(total.output_tokens, before.output_tokens),
    cache_read_tokens: less(total.cache_read_tokens, before.cache_read_tokens),
    cache_write_tokens: less(total.cache_write_tokens, before.cache_write_tokens),
    cost_usd: total.cost_usd === null ? null : less(total.cost_usd, before.cost_usd ?? 0),
  };
}

function whole(value: number | undefined): number {
  return Math.round(value ?? 0);
}
