import fc from "fast-check";
import { expect, it } from "vitest";
import { merge } from "../../src/client/run/phase-times.ts";
import { timeScale } from "../../src/client/run/time-scale.ts";

const DAY = 86_400_000;
const interval = fc
  .tuple(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 0, max: DAY }))
  .map(([from, length]) => ({ from, to: from + length }));
const intervals = fc.array(interval, { maxLength: 20 });

it("never draws a later moment before an earlier one, nor outside of the line", () => {
  fc.assert(
    fc.property(
      intervals,
      fc.array(fc.integer({ min: 0, max: 2 * DAY }), { maxLength: 30 }),
      (work, moments) => {
        const scale = timeScale(work);
        const places = moments.toSorted((a, b) => a - b).map((moment) => scale.at(moment));
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(1);
          if (index > 0) expect(place).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-9);
        }
      },
    ),
  );
});

it("gives a night between two attempts less room than the work", () => {
  const scale = timeScale([
    { from: 0, to: 60_000 },
    { from: DAY, to: DAY + 60_000 },
  ]);
  expect(scale.gaps).toHaveLength(1);
  expect(scale.at(60_000)).toBeGreaterThan(0.4);
  expect(scale.at(DAY) - scale.at(60_000)).toBeLessThan(0.1);
  expect(scale.at(DAY + 60_000)).toBeCloseTo(1);
});

it("merges intervals without losing or adding a moment", () => {
  fc.assert(
    fc.property(intervals, fc.integer({ min: 0, max: 2 * DAY }), (given, moment) => {
      const holds = (some: readonly { from: number; to: number }[]) =>
        some.some(({ from, to }) => from <= moment && moment <= to);
      expect(holds(merge(given))).toBe(holds(given));
    }),
  );
});
