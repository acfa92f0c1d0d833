/**
 * Owns the worker of this REPL: started when nothing stands in its way, exchanged when keys have changed.
 *
 * Invariants:
 * W1 at most one worker claims tasks; one that is being exchanged finishes what it runs first;
 * W2 after `stop` nothing runs here.
 */
import type { WorkerEvent } from "@pm/queue";
import type { RunningWorker, Services } from "../../services.ts";

/** As long as a timer can be set: what runs is not cut short by a new key. */
const NO_HURRY_MS = 2 ** 31 - 1;

export interface WorkerDesk {
  /** Does nothing where one runs. @throws RunnerError what the project or the queue says */
  start(): Promise<void>;
  /** Exchanges the worker once what it runs has ended, so that the next one knows new keys. */
  renew(): void;
  interrupt(taskId: string): Promise<void>;
  active(): boolean;
  stop(): Promise<void>;
}

export interface WorkerDeskOptions {
  readonly services: Services;
  readonly project: string;
  readonly namespace: string;
  onEvent(event: WorkerEvent): void;
  /** Told when one was started or stopped, and what went wrong in between. */
  onChange(error: unknown): void;
}

export function createWorkerDesk({
  services,
  project,
  namespace,
  onEvent,
  onChange,
}: WorkerDeskOptions): WorkerDesk {
  let current: RunningWorker | null = null;
  let starting: Promise<void> | null = null;
  let renewing: Promise<void> = Promise.resolve();
  let exchanging = false;
  let stopped = false;

  async function begin(): Promise<void> {
    const concurrency = await services.executors(project);
    const started = await services.startWorker({ namespace, projects: [project], concurrency, onEvent });
    current = started;
    onChange(null);
    if (stopped) await started.worker.stop(0);
  }

  function start(): Promise<void> {
    if (stopped || current !== null) return Promise.resolve();
    starting ??= begin().finally(() => {
      starting = null;
    });
    return starting;
  }

  async function exchange(): Promise<void> {
    if (current === null || stopped) return;
    exchanging = true;
    try {
      await current.worker.stop(NO_HURRY_MS);
      current = null;
      await start();
    } finally {
      exchanging = false;
    }
  }

  return {
    start,
    renew() {
      renewing = renewing.then(exchange).catch(onChange);
    },
    async interrupt(taskId) {
      await current?.worker.interrupt(taskId);
    },
    active: () => current !== null || exchanging,
    async stop() {
      stopped = true;
      await starting?.catch(() => {});
      await current?.worker.stop(0);
      await renewing;
      current = null;
    },
  };
}
