/**
 * Owns the answer to Ctrl-C while a run is under way. Talks to the process's signals through `io`.
 *
 * Invariants:
 * 1 the first SIGINT, SIGTERM or SIGHUP aborts the run's signal and nothing else, so that its result is still printed;
 * 2 the second one ends the process at once;
 * 3 after `done` the process's signals mean again what they meant before.
 */
import type { Io } from "./io.ts";

export const INTERRUPTED = 130;

export interface Interruption {
  readonly signal: AbortSignal;
  done(): void;
}

export function watchInterrupts(io: Io, onFirst: (signal: string) => void): Interruption {
  const controller = new AbortController();
  const stop = io.onInterrupt((signal) => {
    if (controller.signal.aborted) io.exit(INTERRUPTED);
    controller.abort();
    onFirst(signal);
  });
  return { signal: controller.signal, done: stop };
}
