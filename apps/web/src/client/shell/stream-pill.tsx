import { streamState } from "../events/stream-state.ts";

const WORDS = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline",
} as const;

/** Whether what is on the screen is what is. */
export function StreamPill() {
  const state = streamState.use();
  return (
    <span className={`pill pill-${state}`} role="status">
      <span aria-hidden="true" className="pill-dot" />
      {WORDS[state]}
    </span>
  );
}
