import type { Clock, TaskQueue } from "@pm/core";

export interface OpenOptions {
  readonly namespace?: string;
  readonly clock?: Clock;
}

/** How a child process opens the same queues: a TypeScript module that exports `openQueue` (see QueueModule). */
export interface ChildModule {
  readonly path: string;
  /** Handed to it as it is; plain JSON. */
  readonly argument: unknown;
}

/** What the module at `ChildModule.path` exports. */
export interface QueueModule {
  openQueue(argument: unknown, namespace: string): Promise<TaskQueue>;
}

/** One engine as the contract suite sees it. */
export interface QueueHarness {
  /** Whether tasks of different groups, too, are claimed strictly in the order of their submission. */
  readonly exactOrder: boolean;
  /**
   * Opens a queue, each time as another process would, and makes first what the namespace needs (a file, a table).
   * The suite closes it.
   */
  open(options?: OpenOptions): Promise<TaskQueue>;
  /** Left out where there is but one process. */
  readonly childModule?: ChildModule;
  remove(): Promise<void>;
}
