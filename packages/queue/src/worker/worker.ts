/**
 * A worker as front ends drive it: it claims tasks of the projects that it was started for and runs them through the engine.
 *
 * Invariants:
 * W1 never more than `concurrency` tasks at once;
 * W2 a task that was begun is never silently run again: it goes on by the engine's rules, in the same session;
 * W3 a task whose lease was lost is stopped at once, and nothing more is written about it;
 * W4 a task whose workers died twice ends in ERROR;
 * W5 when `stop` has resolved, no task of this worker is running, and each was finished or handed back.
 */
import type { Engine, EngineEvent, QueueState, QueueTask, RunnerError, TaskQueue } from "@pm/core";
import type { Place } from "./place.ts";

export type WorkerEvent =
  | { readonly kind: "started"; readonly task: QueueTask; readonly takenOver: boolean }
  | { readonly kind: "engine"; readonly taskId: string; readonly event: EngineEvent }
  | {
      readonly kind: "ended";
      readonly taskId: string;
      readonly sessionId: string | null;
      /** QUEUED: it was handed back; null: the lease was lost, and another worker has it. */
      readonly state: QueueState | null;
      readonly message: string;
    }
  /** The queue could not be reached or used; the worker goes on trying. */
  | { readonly kind: "trouble"; readonly error: RunnerError };

export interface WorkerOptions {
  readonly engine: Engine;
  readonly queue: TaskQueue;
  /** Of the projects that it works for. */
  readonly places: readonly Place[];
  readonly concurrency: number;
  readonly onEvent?: (event: WorkerEvent) => void;
  /** How long others wait after the last sign of life before they take a task over. Default 30,000 ms. */
  readonly leaseMs?: number;
}

export interface Worker {
  readonly id: string;
  /** Task ids that are running now. */
  running(): readonly string[];
  /** Stops one task that runs here; it then waits for a person. Resolves when nothing of it runs any more. */
  interrupt(taskId: string): Promise<void>;
  /**
   * Claims nothing more, lets what runs finish for `graceMs` (default 30,000; 0: not at all), then stops it and hands it
   * back. May be called again with less.
   */
  stop(graceMs?: number): Promise<void>;
}
