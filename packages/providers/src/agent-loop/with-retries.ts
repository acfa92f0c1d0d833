import { isRunnerError } from "@pm/core";
import type { ApiProblem } from "./api-problem.ts";
import { retryAfterMs } from "./retry-after.ts";

export interface RetryPolicy {
  /** How often it is tried again after the first time. */
  readonly maxRetries: number;
  readonly now: () => number;
  /** @throws what `signal` was aborted with */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1: so that many runs that were refused at once don't come back at once. */
  random(): number;
}

export interface RetryInput<T> {
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  readonly attempt: () => Promise<T>;
  readonly explain: (error: unknown) => ApiProblem;
  readonly onRetry: (problem: ApiProblem) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** An API's no that stands. */
export class ModelCallFailed extends Error {
  constructor(readonly problem: ApiProblem) {
    super(problem.message);
  }
}

/**
 * Asks again after what passes by itself, as long as the API says or with doubling pauses. A pause longer than what is left
 * of the run is not begun.
 * @throws ModelCallFailed; a RunnerError of `attempt`; what `signal` was aborted with
 */
export async function withRetries<T>(input: RetryInput<T>): Promise<T> {
  const { policy, signal } = input;
  for (let tried = 0; ; tried += 1) {
    try {
      return await input.attempt();
    } catch (error) {
      signal.throwIfAborted();
      // No API's word but ours: the budget is used up.
      if (isRunnerError(error)) throw error;
      const problem = input.explain(error);
      const pause = retryAfterMs(problem.headers, policy.now()) ?? backOff(tried, policy.random());
      const isLast = tried >= policy.maxRetries || pause >= input.remainingMs();
      if (!problem.retryable || isLast) throw new ModelCallFailed(problem);
      input.onRetry(problem);
      await policy.sleep(pause, signal);
    }
  }
}

function backOff(tried: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tried) * (1 + random / 4);
}
