/**
 * Where a moment stands on the timeline, from 0 to 1. Pure.
 *
 * Time in which nothing was at work (a person slept over an approval) is drawn as a narrow gap, so that it does not press
 * the work together. Invariant: a later moment never stands before an earlier one.
 */
import { type Interval, merge } from "./phase-times.ts";

/** Of the whole width. */
const GAP_WIDTH = 0.04;
/** Pauses up to this part of the work are drawn to scale. */
const SHORT_PAUSE = 0.1;

export interface TimeScale {
  at(time: number): number;
  /** Where time was left out. */
  readonly gaps: readonly Interval[];
}

export function timeScale(intervals: readonly Interval[]): TimeScale {
  const work = merge(intervals);
  const worked = work.reduce((sum, { from, to }) => sum + to - from, 0);
  const blocks: { from: number; to: number }[] = [];
  for (const next of work) {
    const last = blocks.at(-1);
    if (last && next.from - last.to <= Math.max(1000, worked * SHORT_PAUSE)) last.to = next.to;
    else blocks.push({ ...next });
  }
  const gapCount = Math.max(0, blocks.length - 1);
  const gapWidth = Math.min(GAP_WIDTH, 0.4 / Math.max(1, gapCount));
  const shown = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  const room = 1 - gapCount * gapWidth;
  const starts: number[] = [];
  let edge = 0;
  for (const { from, to } of blocks) {
    starts.push(edge);
    edge += (shown === 0 ? 0 : ((to - from) / shown) * room) + gapWidth;
  }
  const at = (time: number): number => {
    const index = blocks.findLastIndex(({ from }) => from <= time);
    const block = blocks[index];
    if (block === undefined) return 0;
    const start = starts[index] ?? 0;
    const inside = shown === 0 ? 0 : ((Math.min(time, block.to) - block.from) / shown) * room;
    return Math.min(1, start + inside);
  };
  const gaps = blocks.slice(1).map((block, index) => {
    const before = blocks[index];
    return { from: before ? at(before.to) : 0, to: at(block.from) };
  });
  return { at, gaps };
}
