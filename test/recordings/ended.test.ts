/** What a recording says of how a run ended can only make the run worse, whatever it says. */
import type { Status } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateGates } from "../../packages/core/src/gates/registry.ts";
import { evidence, run } from "../../packages/core/test/gates/build-evidence.ts";
import { endAsRecorded, endedOf, endedSchema } from "../../packages/providers/src/replay/ended.ts";

const WORST_FIRST: readonly (Status | undefined)[] = [
  "INVALID",
  "ERROR",
  "NO_EVIDENCE",
  "INCOMPLETE",
  undefined,
];

/** How bad a task is whose run has this record: a place in the list, 0 the worst. */
function placeOf(record: ReturnType<typeof run>["record"]): number {
  const runs = [run(record)];
  const { violations } = evaluateGates(evidence({ runs, survivors: record.survivors }));
  return WORST_FIRST.findIndex((status) =>
    status === undefined ? true : violations.some((violation) => violation.status === status),
  );
}

const words = fc.string({ maxLength: 8 });
const count = fc.nat({ max: 3 });
const arbitraryFacts = fc.record({
  outcome: fc.oneof(fc.constant("success"), words),
  exit_code: fc.constantFrom(null, 0, 1, 137),
  signal: fc.constantFrom("SIGKILL", "SIGTERM"),
  termination: fc.constantFrom("exited", "time_limit", "idle_limit", "spawn_failed"),
  is_error: fc.constant(true),
  result_events: count,
  error_code: fc.constantFrom("E505", "E510", "E516", "E212"),
  error_message: words,
  denials: fc.array(words, { maxLength: 2 }),
  malformed_lines: count,
  truncated: fc.constant(true),
  survivors: count,
  tool_calls: fc.constant(0),
  duration_ms: count,
});
/** A few at a time: with all of them every run is bad, and that one of them made it better would not show. */
const arbitraryEnded = arbitraryFacts
  .chain((facts) =>
    fc.subarray(Object.entries(facts), { maxLength: 3 }).map((some) => Object.fromEntries(some)),
  )
  .map((facts) => endedSchema.parse(facts));
const arbitraryPlayed = fc
  .record({ tool_calls: count, survivors: count })
  .map((facts) => run({ ...facts, duration_ms: 5 }).record);

describe("how a recorded run ended", () => {
  it("makes no run better than it is when it is played", () => {
    fc.assert(
      fc.property(arbitraryPlayed, arbitraryEnded, (played, ended) => {
        expect(placeOf(endAsRecorded(played, ended))).toBeLessThanOrEqual(placeOf(played));
      }),
      { numRuns: 500 },
    );
  });

  it("is taken from a record so that playing it gives what the gates saw", () => {
    fc.assert(
      fc.property(arbitraryEnded, (ended) => {
        const clean = run({ tool_calls: 3 }).record;
        const seen = endAsRecorded(clean, ended);
        const again = endAsRecorded({ ...clean, duration_ms: 0 }, endedOf(seen));
        const gates = (record: typeof seen) =>
          evaluateGates(evidence({ runs: [run(record)], survivors: record.survivors })).violations;
        expect(gates(again)).toEqual(gates(seen));
      }),
      { numRuns: 300 },
    );
  });
});
