import { expect, it } from "vitest";
import { describeCost } from "../../src/text/describe-cost.ts";

it.each([
  [0.1234, 0, "$0.12"],
  [0, 0, "$0.00"],
  [0.00123, 0, "$0.0012"],
  [12, 1, "$12.00 and more (1 run of unknown price)"],
  [12, 2, "$12.00 and more (2 runs of unknown price)"],
  [null, 3, "cost unknown"],
  [null, 0, null],
])("tells %s dollars and %s runs of unknown price as %s", (cost_usd, unpriced_runs, text) => {
  expect(describeCost({ cost_usd, unpriced_runs })).toBe(text);
});
