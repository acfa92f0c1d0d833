import { RunnerError } from "../errors/runner-error.ts";
import type { AdmittedCall, Spending } from "../ports/spending.ts";
import { dollars } from "../text/describe-cost.ts";

/** The spending of one task, shared by all its runs; S1–S3 of the port. */
export interface TaskSpending extends Spending {
  /** @throws RunnerError E516 */
  assertLeft(): void;
  /**
   * Of one run, whose provider may know the cost of calls or only that of the whole.
   * @returns what the run is given, and `end`, to be called with what its record says.
   */
  ofRun(): { readonly spending: Spending; end(costUsd: number | null): void };
}

/** @param spentUsd what earlier runs of the task did cost, by the journal. */
export function createSpending(budgetUsd: number | null, spentUsd: number): TaskSpending {
  let spent = spentUsd;
  /** The worst that each call under way may cost. */
  const open = new Set<{ readonly worst: number }>();
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const usedUp = () => new RunnerError("E516", { budget: dollars(budgetUsd ?? 0), spent: dollars(spent) });

  const admit = async (
    worstUsd: number | null,
    signal: AbortSignal,
    onCost: (cost: number) => void,
  ): Promise<AdmittedCall> => {
    signal.throwIfAborted();
    const call = { worst: worstUsd ?? Number.POSITIVE_INFINITY };
    if (budgetUsd !== null) {
      for (;;) {
        if (spent >= budgetUsd) throw usedUp();
        const atWorst = [...open].reduce((sum, { worst }) => sum + worst, spent);
        if (atWorst < budgetUsd) break;
        await untilWoken(signal, waiting);
      }
    }
    open.add(call);
    return {
      settle(costUsd) {
        if (!open.delete(call)) return;
        spent += costUsd ?? 0;
        onCost(costUsd ?? 0);
        wake();
      },
    };
  };

  const make = (onCost: (cost: number) => void): Spending => ({
    budgetUsd,
    remainingUsd: () => (budgetUsd === null ? null : Math.max(0, budgetUsd - spent)),
    admit: (worstUsd, signal) => admit(worstUsd, signal, onCost),
  });

  return {
    ...make(() => {}),
    assertLeft() {
      if (budgetUsd !== null && spent >= budgetUsd) throw usedUp();
    },
    ofRun() {
      let told = 0;
      return {
        spending: make((cost) => {
          told += cost;
        }),
        end(costUsd) {
          // Only what its calls did not tell already.
          spent += Math.max(0, (costUsd ?? 0) - told);
          wake();
        },
      };
    },
  };
}

/** @throws what `signal` is aborted with */
function untilWoken(signal: AbortSignal, waiting: (() => void)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    waiting.push(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
