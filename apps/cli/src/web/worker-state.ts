import type { WorkerEvent } from "@pm/queue";
import type { WorkerState } from "@pm/web";

/** A worker in trouble tries, and tells of it, again and again; after this long without word of it, it is well. */
const TROUBLE_MS = 30_000;

export interface WorkerStateKeeper {
  now(): WorkerState;
  started(): void;
  onEvent(event: WorkerEvent): void;
}

/** @param monotonic milliseconds that never go backwards */
export function createWorkerState(monotonic: () => number): WorkerStateKeeper {
  let runs = false;
  let troubleAt = Number.NEGATIVE_INFINITY;
  return {
    now() {
      if (!runs) return "off";
      return monotonic() - troubleAt < TROUBLE_MS ? "failing" : "running";
    },
    started() {
      runs = true;
    },
    onEvent({ kind }) {
      troubleAt = kind === "trouble" ? monotonic() : Number.NEGATIVE_INFINITY;
    },
  };
}
