/**
 * What one task may cost, as its agents' model calls see it.
 *
 * Invariants:
 * S1 a call begins only while what was spent, and the worst that the calls under way may cost, is below the budget; so the
 *    budget is overshot by one call at most, however many agents run side by side;
 * S2 a call whose worst cost is not known keeps the others waiting until it has ended;
 * S3 without a budget every call is admitted at once.
 */
export interface AdmittedCall {
  /** Says what the call did cost, in US dollars; null where that is not known. Only the first word counts. */
  settle(costUsd: number | null): void;
}

export interface Spending {
  /** US dollars; null where no budget is set. */
  readonly budgetUsd: number | null;
  /** What is left of the budget, never below 0; null without a budget. */
  remainingUsd(): number | null;
  /**
   * Waits until one more model call may begin.
   * @param worstUsd the most that it may cost; null where that is not known
   * @throws RunnerError E516 where the budget is used up; what `signal` was aborted with
   */
  admit(worstUsd: number | null, signal: AbortSignal): Promise<AdmittedCall>;
}
