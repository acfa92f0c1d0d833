import type { TaskSteps, Violation } from "@pm/core";
import { describe, expect, it } from "vitest";
import { compareTasks } from "../../src/recordings/compare-tasks.ts";
import { violation } from "../fake-engine.ts";

const passed = (["PLANNING", "EXECUTION", "QA", "COMPLETION_VALIDATION"] as const).map((phase) => ({
  phase,
  outcome: "passed",
}));
const RECORDED: TaskSteps = {
  taskId: "task-1",
  input: { prompt: "Do it", kind: "change", scope: [], checks: [] },
  status: "COMPLETE",
  base: "a".repeat(40),
  result: "b".repeat(40),
  isolation: "sandbox",
  phases: passed,
  violations: [],
  accepted: [],
  providerObjection: null,
  incomparable: null,
  steps: [],
};
const coded = (...codes: Violation["code"][]): Violation[] => codes.map((code) => ({ ...violation, code }));
const compared = (replayed: Partial<TaskSteps>, recorded: Partial<TaskSteps> = {}) =>
  compareTasks({ ...RECORDED, ...recorded }, { ...RECORDED, ...replayed });

describe("a task and its replay", () => {
  it("are the same by their status, with a note of all else that differs", () => {
    expect(compared({})).toEqual({
      task_id: "task-1",
      prompt: "Do it",
      recorded: "COMPLETE",
      replayed: "COMPLETE",
      verdict: "same",
      reason: null,
      notes: [],
    });
    const other: Partial<TaskSteps> = { result: "c".repeat(40), isolation: "process" };
    expect(compared(other)).toMatchObject({
      verdict: "same",
      notes: ["the result is another tree", "isolation process instead of sandbox"],
    });
    const stood = { status: "INCOMPLETE", violations: coded("E223") } as const;
    expect(compared({ ...stood, violations: coded("E226", "E223") }, stood).notes).toEqual([
      "E223, E226 instead of E223",
    ]);
  });

  it.each<[string, Partial<TaskSteps>, string]>([
    [
      "what it started from, before all else",
      { base: "d".repeat(40), phases: [] },
      "it started from another tree",
    ],
    [
      "the first phase, with what stood against it",
      {
        phases: passed.map((record, at) => (at === 1 ? { ...record, outcome: "failed" } : record)),
        violations: coded("E509"),
      },
      "EXECUTION failed instead of passed (E509)",
    ],
    ["a phase that was not reached", { phases: passed.slice(0, 2) }, "QA not reached instead of passed"],
    ["violations alone", { violations: coded("E231") }, "E231 instead of no violation"],
  ])("differ first in %s", (_, replayed, reason) => {
    expect(compared({ ...replayed, status: "ERROR" })).toMatchObject({
      recorded: "COMPLETE",
      replayed: "ERROR",
      verdict: "different",
      reason,
      notes: [],
    });
  });
});
