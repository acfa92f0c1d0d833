import { useEffect } from "react";
import "./toast.css";
import { StateMark } from "./state-mark.tsx";
import { createStore } from "./store.ts";

interface Toast {
  readonly id: number;
  readonly words: string;
  readonly bad: boolean;
}

const SHOWN_MS = 6000;
const toast = createStore<Toast | null>(null);
let next = 0;

/** Says what came of something the person did, where the page itself does not. */
export function say(words: string, bad = false): void {
  next += 1;
  toast.set({ id: next, words, bad });
}

export function Toasts() {
  const shown = toast.use();
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => toast.get()?.id === shown.id && toast.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className="toasts" role="status">
      {shown ? (
        <p className="toast" key={shown.id}>
          <StateMark of={shown.bad ? "ERROR" : "COMPLETE"} />
          {shown.words}
        </p>
      ) : null}
    </div>
  );
}
