// Apart from the schemas: what prints a result needs these, and would have to load a parser for them.
import type { Usage } from "./run-record.ts";
import type { TaskUsage } from "./task-usage.ts";

export const NO_TASK_USAGE: TaskUsage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  cost_usd: null,
  unpriced_runs: 0,
};

/** Whether a run used a model whose price is not known. */
export function isUnpriced({ cost_usd, input_tokens, output_tokens }: Usage): boolean {
  return cost_usd === null && input_tokens + output_tokens > 0;
}

/** @returns what a task used together with what one more of its runs did. */
export function addUsage(task: TaskUsage, run: Usage): TaskUsage {
  return {
    input_tokens: task.input_tokens + run.input_tokens,
    output_tokens: task.output_tokens + run.output_tokens,
    cache_read_tokens: task.cache_read_tokens + run.cache_read_tokens,
    cache_write_tokens: task.cache_write_tokens + run.cache_write_tokens,
    cost_usd: run.cost_usd === null ? task.cost_usd : (task.cost_usd ?? 0) + run.cost_usd,
    unpriced_runs: task.unpriced_runs + (isUnpriced(run) ? 1 : 0),
  };
}

/** @returns what two tasks used together. */
export function sumUsage(left: TaskUsage, right: TaskUsage): TaskUsage {
  const { unpriced_runs, ...used } = right;
  return { ...addUsage(left, used), unpriced_runs: left.unpriced_runs + unpriced_runs };
}
