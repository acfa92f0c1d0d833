import { describe, expect, it } from "vitest";
import { newTask } from "../../src/evidence/apply-event.ts";
import { notCovered } from "../../src/runner/not-covered.ts";

function taskWith(checkedOn: readonly ("proof" | "result" | "altered")[]) {
  const task = newTask({
    ...{ type: "task.submitted", task_id: "task-1", prompt: "x", kind: "change" },
    ...{ scope: [], checks: [] },
  });
  task.checks = checkedOn.map((on) => ({
    ...{ phase: "QA", attempt: 1, id: "C1", on, tree: "1".repeat(40), passed: on === "result", detail: "" },
  }));
  return task;
}

describe("what the report says was not covered", () => {
  it("names a check of the agents' own whose tests could not be made to expect something else", () => {
    expect(notCovered(taskWith(["result", "proof"]), null)).toEqual([
      expect.stringContaining("Whether C1 compares"),
    ]);
  });

  it("says nothing of one whose tests could, nor of one that agents did not write", () => {
    expect(notCovered(taskWith(["result", "proof", "altered"]), null)).toEqual([]);
    expect(notCovered(taskWith(["result"]), null)).toEqual([]);
  });
});
