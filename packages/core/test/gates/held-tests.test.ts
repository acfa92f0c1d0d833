import { describe, expect, it } from "vitest";
import { heldFaults, sharesProcess } from "../../src/gates/held-tests.ts";
import type { CommandRecord } from "../../src/gates/task-evidence.ts";
import { change, command, evidence, file } from "./build-evidence.ts";

const blob = { name: "tests.json", sha256: "0".repeat(64), bytes: 0, encoding: "identity" as const };
/** A run whose runner reported; `!` stands in front of what failed. */
function reported(on: CommandRecord["on"], ...tests: readonly string[]): CommandRecord {
  const executed = tests.map((name) => ({ name: name.replace("!", ""), passed: !name.startsWith("!") }));
  const failed = executed.filter(({ passed }) => !passed).length;
  return command(on, "npm test", failed === 0 ? 0 : 1, {
    tests: { passed: executed.length - failed, failed, skipped: 0 },
    report: { runner: "vitest", tests: blob, problem: null },
    executed,
  });
}
const printed = (on: CommandRecord["on"], exit: number) => command(on, "npm test", exit);
const faults = (...commands: readonly CommandRecord[]) =>
  heldFaults(evidence({ commands }), command("base", "npm test", 0));

describe("Tests that fail once the clock is held", () => {
  it("are named where they pass on the base under the same", () => {
    expect(faults(reported("held", "!fast", "right"), reported("held_base", "fast", "right"))).toEqual([
      expect.stringMatching(/^1 of the base's tests fail on the result .*: fast$/),
    ]);
  });
  it("are named, too, where the whole file could not be loaded", () => {
    const gone = reported("held");
    const run = { ...gone, exit_code: 1 };
    expect(faults(run, reported("held_base", "fast"))).toHaveLength(1);
  });
  it("say nothing where they replace it themselves, so that they fail on the base, too", () => {
    expect(faults(reported("held", "!timers", "right"), reported("held_base", "!timers", "right"))).toEqual(
      [],
    );
  });
  it("do not hide the others", () => {
    const [reason] = faults(reported("held", "!timers", "!fast"), reported("held_base", "!timers", "fast"));
    expect(reason).toMatch(/^1 of .*: fast$/);
  });
  it("say nothing where they pass in one of several runs", () => {
    const control = reported("held_base", "fast");
    expect(faults(reported("held", "!fast"), reported("held", "fast"), control)).toEqual([]);
  });
  it("are not named where they fail without that, too: that is told of the base's tests put back", () => {
    const control = reported("held_base", "changed", "gone", "right");
    const restored = reported("restored", "!changed", "right");
    expect(faults(reported("held", "!changed", "right"), control, restored)).toEqual([]);
    const [reason] = faults(reported("held", "!changed", "!right"), control, restored);
    expect(reason).toMatch(/^1 of .*: right$/);
  });
  it("say nothing where nobody names those that fail without that", () => {
    expect(faults(reported("held", "!a"), reported("held_base", "a"), printed("restored", 1))).toEqual([]);
    expect(faults(printed("held", 1), printed("held_base", 0), printed("restored", 1))).toEqual([]);
    expect(faults(printed("held", 1), printed("held_base", 0), printed("restored", 0))).toHaveLength(1);
  });
  it("need no name where the process fails at its end, behind tests that pass", () => {
    const ended = { ...reported("held", "a"), exit_code: 1 };
    expect(faults(ended, reported("held_base", "a"))).toEqual([
      expect.stringMatching(/^it fails, though none of the base's tests does, on the result /),
    ]);
    expect(faults(ended, { ...reported("held_base", "a"), exit_code: 1 })).toEqual([]);
    expect(faults(ended, reported("held_base", "a"), printed("restored", 1))).toEqual([]);
  });
  it("are told by the exit code where nobody names them", () => {
    expect(faults(printed("held", 1), printed("held_base", 0))).toHaveLength(1);
    expect(faults(printed("held", 1), printed("held_base", 1))).toEqual([]);
  });
  it("say nothing without a run of the base, as in sessions of before", () => {
    expect(faults()).toEqual([]);
    expect(faults(printed("held", 0))).toEqual([]);
  });
});

describe("Code that could replace what its tests share", () => {
  it("is JavaScript, TypeScript and Python that is no test and still there", () => {
    expect(sharesProcess(change(["src/a.ts"]))).toBe(true);
    expect(sharesProcess(change(["lib/a.py", "README.md"]))).toBe(true);
    expect(sharesProcess(change(["test/a.test.ts", "src/a.go", "README.md"]))).toBe(false);
    const gone = change([], { files: [file("src/a.ts", { status: "deleted" })] });
    expect(sharesProcess(gone)).toBe(false);
  });
});
