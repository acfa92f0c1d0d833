import { INTERRUPTED } from "../interruption.ts";
import type { Io } from "../io.ts";

export interface StopSignals {
  /** Ids of the tasks that run now. */
  running(): readonly string[];
  /** Told where something runs; `line` is for people. */
  tell(line: string, stopping: { readonly signal: string; readonly how: "drain" | "hand_back" }): void;
  /** The first signal: what runs may finish for 30 s. */
  drain(): void;
  /** The second: what still runs is handed back at once. */
  handBack(): void;
}

const WORDS = {
  drain: "taking no more tasks, and up to 30 s for what runs; once more hands it back at once",
  hand_back: "handing back what runs; once more ends at once",
};

/** What signals mean to whatever runs a worker; the third ends the process. @returns stops listening. */
export function onStopSignals(
  io: Pick<Io, "onInterrupt" | "exit">,
  { running, tell, drain, handBack }: StopSignals,
): () => void {
  let signals = 0;
  return io.onInterrupt((signal) => {
    signals += 1;
    if (signals > 2) io.exit(INTERRUPTED);
    const how = signals === 1 ? "drain" : "hand_back";
    if (running().length > 0) tell(`${signal}: ${WORDS[how]}.`, { signal, how });
    if (how === "drain") drain();
    else handBack();
  });
}
