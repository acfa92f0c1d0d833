import type { TaskUsage } from "../evidence/task-usage.ts";

/**
 * What a task did cost, for people: `$0.12`, `cost unknown`, or `$0.12 and more (2 runs of unknown price)`.
 * @returns null where no model was used, as far as is known (a recording, say)
 */
export function describeCost(usage: Pick<TaskUsage, "cost_usd" | "unpriced_runs">): string | null {
  const { cost_usd, unpriced_runs } = usage;
  if (cost_usd === null) return unpriced_runs === 0 ? null : "cost unknown";
  if (unpriced_runs === 0) return dollars(cost_usd);
  const runs = unpriced_runs === 1 ? "1 run" : `${unpriced_runs} runs`;
  return `${dollars(cost_usd)} and more (${runs} of unknown price)`;
}

/** Cents; what is below a cent, to the first digits that say something. */
export function dollars(usd: number): string {
  return `$${usd >= 0.01 || usd === 0 ? usd.toFixed(2) : usd.toPrecision(2)}`;
}
