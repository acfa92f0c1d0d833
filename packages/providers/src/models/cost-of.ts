import type { Usage } from "@pm/core";
import type { ModelPrice } from "./model-facts.ts";

export const NO_TOKENS: Omit<Usage, "cost_usd"> = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
};

const PER = 1_000_000;

/**
 * @param usage of one call: what a long one costs depends on its own length.
 * @returns US dollars; `input_tokens` are those that were neither read from a cache nor written to one.
 */
export function costOf(usage: Omit<Usage, "cost_usd">, price: ModelPrice): number {
  const given = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens;
  const { input, output, cacheRead, cacheWrite } =
    price.long !== undefined && given > price.long.above ? price.long.price : price;
  return (
    (usage.input_tokens * input +
      usage.output_tokens * output +
      usage.cache_read_tokens * cacheRead +
      usage.cache_write_tokens * cacheWrite) /
    PER
  );
}
