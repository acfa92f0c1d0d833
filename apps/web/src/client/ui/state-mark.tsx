/** A state as a shape of its own: told apart without colour. The word stands beside it. */
import type { ReactNode } from "react";
import "./state-mark.css";
import type { PhaseView, TaskState } from "../api/types.ts";
import type { Tone } from "./states.ts";

export type Shape =
  | TaskState
  | PhaseView["outcome"]
  | "waiting"
  | "proven"
  | "refuted"
  | "unproven"
  | "unknown";

const RING = <circle cx="8" cy="8" fill="none" r="6.2" stroke="currentColor" strokeWidth="1.6" />;
const DISC = <circle cx="8" cy="8" r="7" />;
const line = (d: string) => (
  <path
    className="mark-line"
    d={d}
    fill="none"
    strokeLinecap="round"
    strokeLinejoin="round"
    strokeWidth="1.8"
  />
);
const own = (d: string) => (
  <path
    d={d}
    fill="none"
    stroke="currentColor"
    strokeLinecap="round"
    strokeLinejoin="round"
    strokeWidth="1.8"
  />
);

const TICK = line("M4.8 8.3l2.2 2.2 4.2-4.6");
const CROSS = line("M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8");
const DONE = [DISC, TICK] as const;
const DASHED = (
  <circle
    cx="8"
    cy="8"
    fill="none"
    r="6.2"
    stroke="currentColor"
    strokeDasharray="2.6 2.27"
    strokeWidth="1.6"
  />
);
const OCTAGON = <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" />;
const TURNING = (
  <>
    <circle cx="8" cy="8" fill="none" opacity="0.3" r="6.2" stroke="currentColor" strokeWidth="1.8" />
    <path
      className="mark-turn"
      d="M8 1.8A6.2 6.2 0 0 1 14.2 8"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeWidth="1.8"
    />
  </>
);
const QUESTION = own("M6.3 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1.1M8 11.4h.01");
const SLASH = own("M4 12L12 4");

const SHAPES: Readonly<Record<Shape, { readonly tone: Tone; readonly drawing: ReactNode }>> = {
  QUEUED: { tone: "calm", drawing: DASHED },
  RUNNING: { tone: "accent", drawing: TURNING },
  AWAITING_APPROVAL: {
    tone: "wait",
    drawing: (
      <>
        <path d="M8 .8L15.2 8 8 15.2.8 8z" />
        {line("M8 4.8v3.6M8 11h.01")}
      </>
    ),
  },
  COMPLETE: {
    tone: "ok",
    drawing: (
      <>
        {DONE[0]}
        {DONE[1]}
      </>
    ),
  },
  ERROR: {
    tone: "bad",
    drawing: (
      <>
        {OCTAGON}
        {CROSS}
      </>
    ),
  },
  INVALID: {
    tone: "odd",
    drawing: (
      <>
        <path d="M8 1L15.5 14.5H.5z" strokeLinejoin="round" />
        {line("M8 6v3.8M8 12.2h.01")}
      </>
    ),
  },
  NO_EVIDENCE: {
    tone: "odd",
    drawing: (
      <>
        {DASHED}
        {QUESTION}
      </>
    ),
  },
  CANCELLED: {
    tone: "calm",
    drawing: (
      <>
        {RING}
        {SLASH}
      </>
    ),
  },
  running: { tone: "accent", drawing: TURNING },
  passed: {
    tone: "ok",
    drawing: (
      <>
        {DISC}
        {TICK}
      </>
    ),
  },
  failed: {
    tone: "bad",
    drawing: (
      <>
        {OCTAGON}
        {CROSS}
      </>
    ),
  },
  skipped: {
    tone: "calm",
    drawing: (
      <>
        {RING}
        {own("M5.5 8h5")}
      </>
    ),
  },
  interrupted: {
    tone: "wait",
    drawing: (
      <>
        {RING}
        {own("M6.4 5.8v4.4M9.6 5.8v4.4")}
      </>
    ),
  },
  waiting: { tone: "calm", drawing: RING },
  proven: {
    tone: "ok",
    drawing: (
      <>
        {DISC}
        {TICK}
      </>
    ),
  },
  refuted: {
    tone: "bad",
    drawing: (
      <>
        {OCTAGON}
        {CROSS}
      </>
    ),
  },
  unproven: {
    tone: "wait",
    drawing: (
      <>
        {DASHED}
        {QUESTION}
      </>
    ),
  },
  unknown: { tone: "calm", drawing: DASHED },
};

export function StateMark({ of, size = 16 }: { readonly of: Shape; readonly size?: number }) {
  const { tone, drawing } = SHAPES[of];
  return (
    <svg
      aria-hidden="true"
      className={`mark tone-${tone}`}
      fill="currentColor"
      height={size}
      viewBox="0 0 16 16"
      width={size}
    >
      {drawing}
    </svg>
  );
}
