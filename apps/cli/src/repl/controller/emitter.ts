/** Tells front ends what is new: items at once and in order, views at most 20 times a second, the last one always. */
import type { ReplItem, ReplView } from "./repl-controller.ts";

const VIEW_MS = 50;

export interface Emitter {
  print(item: ReplItem): void;
  /** The view is no longer what it was. */
  changed(): void;
  attention(what: string): void;
  onItem(listener: (item: ReplItem) => void): () => void;
  onView(listener: (view: ReplView) => void): () => void;
  onAttention(listener: (what: string) => void): () => void;
  /** @returns when `changed` is next called, or the emitter closed */
  nextChange(): Promise<void>;
  close(): void;
}

export function createEmitter(view: () => ReplView): Emitter {
  const items = new Set<(item: ReplItem) => void>();
  const views = new Set<(view: ReplView) => void>();
  const attentions = new Set<(what: string) => void>();
  let waiters: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let again = false;

  function tell(): void {
    const now = view();
    for (const listener of views) listener(now);
    again = false;
    timer = setTimeout(() => {
      timer = null;
      if (again) tell();
    }, VIEW_MS);
    timer.unref();
  }

  function wake(): void {
    const woken = waiters;
    waiters = [];
    for (const resolve of woken) resolve();
  }

  const listen =
    <T>(listeners: Set<T>) =>
    (listener: T) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };

  return {
    print(item) {
      for (const listener of items) listener(item);
    },
    changed() {
      wake();
      if (timer === null) tell();
      else again = true;
    },
    attention(what) {
      for (const listener of attentions) listener(what);
    },
    onItem: listen(items),
    onView: listen(views),
    onAttention: listen(attentions),
    nextChange: () => new Promise((resolve) => waiters.push(resolve)),
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (again) tell();
      if (timer !== null) clearTimeout(timer);
      wake();
    },
  };
}
