import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PHASES } from "../../src/lifecycle/phases.ts";
import { step } from "../../src/lifecycle/step.ts";
import { type LifecycleState, TRANSITIONS, type Trigger } from "../../src/lifecycle/transitions.ts";

const STATES: LifecycleState[] = ["SUBMITTED", ...PHASES, "LANDING", "ENDED"];
const TRIGGERS = [...new Set(TRANSITIONS.map((row) => row.on))];

describe("step", () => {
  it("has at most one way for each state and trigger", () => {
    const keys = TRANSITIONS.map((row) => `${row.from} ${row.on}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("refuses with E206 what the table does not have", () => {
    expect(() => step("SUBMITTED", "task.ended")).toThrowError(expect.objectContaining({ code: "E206" }));
    expect(() => step("ENDED", "phase.passed")).toThrowError(expect.objectContaining({ code: "E206" }));
  });

  it("reaches every state from SUBMITTED", () => {
    const reached = new Set<LifecycleState>(["SUBMITTED"]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const row of TRANSITIONS) if (reached.has(row.from)) reached.add(row.to);
    }
    expect([...reached].sort()).toEqual([...STATES].sort());
  });

  it("never lands what did not pass COMPLETION_VALIDATION", () => {
    expect(TRANSITIONS.filter((row) => row.to === "LANDING").map((row) => `${row.from} ${row.on}`)).toEqual([
      "COMPLETION_VALIDATION phase.passed",
    ]);
  });

  it("walks the phases in order whatever is thrown at it: no walk reaches a phase without the one before", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Trigger>(...TRIGGERS), { maxLength: 60 }), (triggers) => {
        const seen = new Set<LifecycleState>(["SUBMITTED"]);
        let state: LifecycleState = "SUBMITTED";
        for (const trigger of triggers) {
          const row = TRANSITIONS.find((candidate) => candidate.from === state && candidate.on === trigger);
          if (!row) continue;
          state = row.to;
          if (state === "LANDING") expect(seen.has("COMPLETION_VALIDATION")).toBe(true);
          const place = PHASES.indexOf(state as (typeof PHASES)[number]);
          const skipsAhead = state === "REPORT" || row.on.startsWith("approval.");
          if (place > 0 && !skipsAhead) expect(seen.has(PHASES[place - 1] as LifecycleState)).toBe(true);
          seen.add(state);
        }
      }),
    );
  });
});
