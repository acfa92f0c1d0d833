import type { Usage } from "@pm/core";
import type { ModelPrice } from "./model-facts.ts";

const PER = 1_000_000;

/** @returns US dollars; `input_tokens` are those that were neither read from a cache nor written to one. */
export function costOf(usage: Omit<Usage, "cost_usd">, price: ModelPrice): number {
  return (
    (usage.input_tokens * price.input +
      usage.output_tokens * price.output +
      usage.cache_read_tokens * price.cacheRead +
      usage.cache_write_tokens * price.cacheWrite) /
    PER
  );
}
