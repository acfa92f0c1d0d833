import { RunnerError } from "../errors/runner-error.ts";
import type { Clock } from "../ports/clock.ts";

export interface Watchdog {
  /** Something happened. */
  progress(): void;
  stop(): void;
}

/**
 * Looks for a deadlock: something waits on a lock or semaphore, and nothing at all has happened for `seconds`.
 * @param waiting says what is waited for and who holds it, or null.
 * @param onDeadlock gets RunnerError E402, once.
 */
export function createWatchdog(options: {
  readonly seconds: number;
  readonly clock: Clock;
  waiting(): { readonly what: string; readonly holder: string } | null;
  onDeadlock(error: RunnerError): void;
}): Watchdog {
  const { seconds, clock } = options;
  let last = clock.monotonic();
  const timer = setInterval(() => {
    const waiting = options.waiting();
    if (!waiting || clock.monotonic() - last < seconds * 1000) return;
    clearInterval(timer);
    options.onDeadlock(new RunnerError("E402", { seconds, ...waiting }));
  }, 500);
  timer.unref();
  return {
    progress: () => {
      last = clock.monotonic();
    },
    stop: () => clearInterval(timer),
  };
}
