import type { Usage } from "@pm/core";
import { costOf, NO_TOKENS } from "../models/cost-of.ts";
import type { ModelPrice } from "../models/model-facts.ts";
import type { ReportedUsage } from "./model-types.ts";

export interface UsageSum {
  /** @returns what the call cost in US dollars; null where the price is not known */
  add(reported: ReportedUsage): number | null;
  /** What a call that broke off will have cost, though nobody says so. */
  addUnreported(costUsd: number | null): void;
  total(): Usage;
}

/** What all calls of a run used. */
export function createUsageSum(price: ModelPrice | null): UsageSum {
  const sum = { ...NO_TOKENS };
  let cost = 0;
  return {
    add(reported) {
      const call = tokensOf(reported);
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += call[name];
      const costUsd = price && costOf(call, price);
      cost += costUsd ?? 0;
      return costUsd;
    },
    addUnreported(costUsd) {
      cost += costUsd ?? 0;
    },
    total: () => ({ ...sum, cost_usd: price === null ? null : cost }),
  };
}

function tokensOf({ inputTokens, outputTokens }: ReportedUsage): Omit<Usage, "cost_usd"> {
  const read = whole(inputTokens.cacheRead);
  const written = whole(inputTokens.cacheWrite);
  return {
    input_tokens: whole(inputTokens.noCache ?? (inputTokens.total ?? 0) - read - written),
    output_tokens: whole(outputTokens.total),
    cache_read_tokens: read,
    cache_write_tokens: written,
  };
}

function whole(value: number | undefined): number {
  return Math.max(0, Math.round(value ?? 0));
}
