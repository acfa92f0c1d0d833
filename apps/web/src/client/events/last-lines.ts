/** The last thing that was heard of each running task. Lines of tasks that ended are forgotten with them. */
import { useSyncExternalStore } from "react";

const lines = new Map<string, string>();
const listeners = new Set<() => void>();

const tell = () => {
  for (const listener of listeners) listener();
};

export const lastLines = {
  set(taskId: string, line: string) {
    lines.set(taskId, line);
    tell();
  },
  forget(taskId: string) {
    if (lines.delete(taskId)) tell();
  },
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLastLine = (taskId: string): string | null =>
  useSyncExternalStore(subscribe, () => lines.get(taskId) ?? null);
