import { describe, expect, it } from "vitest";
import { evaluateGates } from "../../src/gates/registry.ts";
import type { CommandRecord, TaskEvidence } from "../../src/gates/task-evidence.ts";
import { change, command, evidence } from "./build-evidence.ts";

const objections = (changes: Partial<TaskEvidence>) =>
  evaluateGates(evidence(changes)).violations.filter(({ gate }) => gate === "tests");
const tested = (passed: number, names?: readonly string[]): Partial<CommandRecord> => ({
  tests: { passed, failed: 0, skipped: 0 },
  ...(names && { executed: names.map((name) => ({ name, passed: true })) }),
});
const qa = (on: CommandRecord["on"], passed: number, names?: readonly string[], exit = 0) =>
  command(on, "npm test", exit, tested(passed, names));
const objected = { code: "E237", status: "INCOMPLETE", approval: "accept" };

describe("the tests of the base", () => {
  it("may stay as they were, and more may come", () => {
    const commands = [qa("base", 2, ["a", "b"]), qa("result", 3, ["a", "b", "c"]), qa("restored", 2)];
    expect(objections({ commands })).toEqual([]);
  });
  it("must not make room for others, however many those are", () => {
    const commands = [qa("base", 2, ["a", "b"]), qa("result", 9, ["a", "x", "y"]), qa("restored", 2)];
    expect(objections({ commands })).toMatchObject([objected]);
  });
  it("must pass on the result as they were", () => {
    const commands = [qa("base", 2), qa("result", 3), qa("restored", 2, undefined, 1)];
    expect(objections({ commands })).toMatchObject([objected]);
  });
  it("must run on the result as they were", () => {
    expect(objections({ commands: [qa("base", 2), qa("result", 3), qa("restored", 1)] })).toHaveLength(1);
    const hidden = [qa("base", 1, ["a"]), qa("result", 2, ["a", "b"]), qa("restored", 1, ["test/a.test.js"])];
    expect(objections({ commands: hidden })).toHaveLength(1);
  });
  it("must have been run as they were wherever the result touches tests", () => {
    const commands = [qa("base", 2), qa("result", 3)];
    expect(objections({ commands })).toMatchObject([objected]);
    expect(objections({ commands, change: change(["src/slug.js"]) })).toEqual([]);
  });
  it("are the same wherever the checkout lies, and whatever port a name tells", () => {
    const base = qa("base", 2, ["/a/b/slug.test.js", "serves on 40001"]);
    const commands = [base, qa("result", 3, ["/c/slug.test.js", "serves on 50222", "x"]), qa("restored", 2)];
    expect(objections({ commands })).toEqual([]);
  });
  it("are told apart by counts where the runner does not name what passed", () => {
    const base = qa("base", 1, ["a"]);
    const commands = [base, qa("result", 2, []), qa("restored", 1)];
    expect(objections({ commands })).toEqual([]);
    const failing = command("base", "npm test", 1, {
      tests: { passed: 1, failed: 1, skipped: 0 },
      executed: [{ name: "a", passed: false }],
    });
    expect(objections({ commands: [failing, qa("result", 2, []), qa("restored", 2)] })).toEqual([]);
  });
  it("are nobody's loss where there were none", () => {
    const base = command("base", "npm test", 5);
    expect(objections({ commands: [base, qa("result", 2), qa("restored", 0, undefined, 5)] })).toEqual([]);
  });
});
