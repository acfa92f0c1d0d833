/** The states of a task and the phases, in the words of the screens. */
import type { PhaseName, TaskState } from "../api/types.ts";

/** Which of the few tones a state is drawn in. */
export type Tone = "accent" | "ok" | "bad" | "wait" | "odd" | "calm";

interface StateLook {
  readonly word: string;
  readonly tone: Tone;
}

export const STATE_LOOK: Readonly<Record<TaskState, StateLook>> = {
  AWAITING_APPROVAL: { word: "Awaiting approval", tone: "wait" },
  RUNNING: { word: "Running", tone: "accent" },
  QUEUED: { word: "Queued", tone: "calm" },
  COMPLETE: { word: "Complete", tone: "ok" },
  ERROR: { word: "Error", tone: "bad" },
  INVALID: { word: "Invalid", tone: "odd" },
  NO_EVIDENCE: { word: "No evidence", tone: "odd" },
  CANCELLED: { word: "Cancelled", tone: "calm" },
};

/** In the order in which a person cares. */
export const STATES = Object.keys(STATE_LOOK) as TaskState[];
export const FINAL_STATES = ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "CANCELLED"] as const;
export const isFinal = (state: TaskState): boolean => (FINAL_STATES as readonly string[]).includes(state);

interface PhaseLook {
  readonly phase: PhaseName;
  readonly word: string;
  readonly short: string;
}

/** In their only order. */
export const PHASES: readonly PhaseLook[] = [
  { phase: "REQUIREMENT_ANALYSIS", word: "Requirements", short: "Req" },
  { phase: "TASK_DECOMPOSITION", word: "Decomposition", short: "Deco" },
  { phase: "PLANNING", word: "Planning", short: "Plan" },
  { phase: "EXECUTION", word: "Execution", short: "Exec" },
  { phase: "QA", word: "QA", short: "QA" },
  { phase: "COMPLETION_VALIDATION", word: "Validation", short: "Valid" },
  { phase: "REPORT", word: "Report", short: "Report" },
];
