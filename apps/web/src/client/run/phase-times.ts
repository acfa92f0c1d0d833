/** When phases were at work, and for how long. Pure. */
import type { PhaseName, PhaseView } from "../api/types.ts";

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The last go at a phase. */
export function latestOf(phases: readonly PhaseView[], phase: PhaseName): PhaseView | undefined {
  return phases.findLast((one) => one.phase === phase);
}

/** @param now in ms: where a phase that still runs is taken to be */
export function intervalOf(phase: PhaseView, now: number): Interval {
  const from = Date.parse(phase.started_at);
  const to =
    phase.ended_at === null ? (phase.outcome === "running" ? now : from) : Date.parse(phase.ended_at);
  return { from, to: Math.max(from, to) };
}

/** Intervals that touch or overlap become one; ascending. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && next.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else merged.push(next);
  }
  return merged;
}

/** How long a task was at work, in ms: what it waited for a person or a worker does not count. */
export const workedMs = (phases: readonly PhaseView[], now: number): number =>
  merge(phases.map((phase) => intervalOf(phase, now))).reduce((sum, { from, to }) => sum + to - from, 0);
