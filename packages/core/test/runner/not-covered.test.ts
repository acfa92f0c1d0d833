import { describe, expect, it } from "vitest";
import { newTask } from "../../src/evidence/apply-event.ts";
import { notCovered } from "../../src/runner/not-covered.ts";
import { change, command } from "../gates/build-evidence.ts";

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

function taskThatRan(...runs: readonly (readonly ["result" | "held" | "held_base", number])[]) {
  const task = taskWith([]);
  const report = { runner: "vitest", tests: command("result", "npm test", 0).stdout, problem: null };
  task.commands = runs.map(([on, failed]) =>
    command(on, "npm test", failed, { tests: { passed: 1, failed, skipped: 0 }, report }),
  );
  return task;
}

describe("what the report says was not covered", () => {
  it("names a check of the agents' own whose tests could not be made to expect something else", () => {
    expect(notCovered(taskWith(["result", "proof"]), null)).toEqual([
      expect.stringContaining("Whether C1 compares"),
    ]);
  });

  it("names a command whose tests could not all run while their clock was held", () => {
    const named = [expect.stringContaining("Whether the result replaces the clock")];
    const code = change(["src/a.ts"]);
    expect(notCovered(taskThatRan(["result", 0]), code)).toEqual(named);
    expect(notCovered(taskThatRan(["result", 0], ["held", 1], ["held_base", 1]), code)).toEqual(named);
    expect(notCovered(taskThatRan(["result", 0], ["held", 0]), code)).toEqual([]);
    expect(notCovered(taskThatRan(["result", 0], ["held", 1], ["held_base", 0]), code)).toEqual([]);
    expect(notCovered(taskThatRan(["result", 0]), change(["src/a.go"]))).toEqual([]);
  });

  it("says nothing of one whose tests could, nor of one that agents did not write", () => {
    expect(notCovered(taskWith(["result", "proof", "altered"]), null)).toEqual([]);
    expect(notCovered(taskWith(["result"]), null)).toEqual([]);
  });
});
