import type { QueueGroup, QueueTaskDetail, SeenWorker } from "@pm/core";

/** A task and what the queue knows of it beyond what it shows. */
export interface StoredTask {
  detail: QueueTaskDetail;
  readonly number: number;
  /** Place in the order of submission. */
  readonly seq: number;
}

/** Everything of one namespace; Maps keep the order of insertion, which is the order of time here. */
export interface MemorySpace {
  readonly groups: Map<string, QueueGroup & { readonly seq: number }>;
  readonly tasks: Map<string, StoredTask>;
  readonly keys: Map<string, { readonly taskId: string; readonly digest: string }>;
  readonly workers: Map<string, SeenWorker>;
  readonly listeners: Set<(task: QueueTaskDetail) => void>;
}

/** What two queues share that stand for two processes: its namespaces. */
export type MemoryStore = Map<string, MemorySpace>;

/** @returns the namespace, made on first use. */
export function memorySpace(store: MemoryStore, namespace: string): MemorySpace {
  const known = store.get(namespace);
  if (known) return known;
  const space: MemorySpace = {
    groups: new Map(),
    tasks: new Map(),
    keys: new Map(),
    workers: new Map(),
    listeners: new Set(),
  };
  store.set(namespace, space);
  return space;
}
