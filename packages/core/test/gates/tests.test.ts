import fc from "fast-check";
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
    const within = change(["src/lib.rs"], { tests_within: ["src/lib.rs"] });
    expect(objections({ commands, change: within })).toMatchObject([objected]);
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

describe("tests that only print", () => {
  const ran = [qa("base", 2), qa("result", 3), qa("restored", 2)];
  it("must fail on the result once they expect other values, as they do on the base", () => {
    const [deaf, other] = [qa("altered_restored", 2), qa("altered_base", 2)];
    const [hears, failsToo] = [qa("altered_restored", 1, [], 1), qa("altered_base", 1, [], 1)];
    expect(objections({ commands: [...ran, hears] })).toEqual([]);
    expect(objections({ commands: [...ran, deaf, failsToo] })).toMatchObject([objected]);
    // Nothing can be told by values that nobody looks at.
    expect(objections({ commands: [...ran, deaf, other] })).toEqual([]);
    expect(objections({ commands: [...ran, deaf] })).toEqual([]);
  });
  it("are heard where they print a failure behind exit code 0", () => {
    const failing = { tests: { passed: 1, failed: 1, skipped: 0 } };
    const hears = command("altered_restored", "npm test", 0, failing);
    expect(objections({ commands: [...ran, hears, qa("altered_base", 1, [], 1)] })).toEqual([]);
  });
});

/** A run whose runner reported: `file > title`, with `!` in front where it failed. */
function reported(
  on: CommandRecord["on"],
  tests: readonly string[],
  changes: Partial<CommandRecord> = {},
): CommandRecord {
  const executed = tests.map((test) => ({
    name: test.replace("!", ""),
    title: test.split(" > ").slice(1).join(" > "),
    passed: !test.startsWith("!"),
  }));
  const failed = executed.filter(({ passed }) => !passed).length;
  return command(on, "npm test", 0, {
    tests: { passed: executed.length - failed, failed, skipped: 0 },
    report: { runner: "vitest", tests: blob, problem: null },
    executed,
    ...changes,
  });
}
const blob = { name: "tests.json", sha256: "0".repeat(64), bytes: 0, encoding: "identity" as const };
const noReport = { runner: "vitest", tests: null, problem: "its runner left no report" };
const messages = (commands: readonly CommandRecord[]) =>
  objections({ commands: [...commands] }).map(({ message }) => message);

describe("the tests of the base, by their runner's own report", () => {
  const base = reported("base", ["a > one", "a > two"]);
  it("may move to another file with their names, but not while the base's files are back", () => {
    const moved = ["b > one", "b > two"];
    expect(messages([base, reported("result", moved), reported("restored", ["a > one", "a > two"])])).toEqual(
      [],
    );
    expect(messages([base, reported("result", moved), reported("restored", moved)])).toHaveLength(1);
  });
  it("must run as often as before under one name", () => {
    const twice = reported("base", ["a > same", "a > same"]);
    const once = ["a > same", "a > other"];
    const restored = reported("restored", ["a > same", "a > same"]);
    expect(messages([twice, reported("result", once), restored])).toHaveLength(1);
  });
  it("are lost where others took the place of failed ones, though all that is named failed", () => {
    const failing = reported("base", ["!a > one", "!a > two"]);
    expect(
      messages([
        failing,
        reported("result", ["a > x", "a > y"]),
        reported("restored", ["a > one", "a > two"]),
      ]),
    ).toHaveLength(1);
  });
  it("need a report again, whatever is printed", () => {
    const silent = reported("result", ["a > one", "a > two"], { report: noReport });
    expect(messages([base, silent, reported("restored", ["a > one", "a > two"])])).toEqual([
      "npm test: on the result its runner left no report.",
    ]);
    const other = command("result", "npm test", 0, tested(2, ["a > one", "a > two"]));
    expect(messages([base, other, reported("restored", ["a > one", "a > two"])])).toHaveLength(1);
    const restored = reported("restored", [], { report: noReport });
    expect(messages([base, reported("result", ["a > one", "a > two"]), restored])).toHaveLength(1);
  });
  it("need none where the runner never left one", () => {
    const without = { report: noReport };
    const all = ["a > one", "a > two"];
    const commands = [
      reported("base", all, without),
      reported("result", all, without),
      reported("restored", all, without),
    ];
    expect(messages(commands)).toEqual([]);
  });
  it("must not fail behind exit code 0, but for what failed so before", () => {
    const result = reported("result", ["a > one", "!a > two"]);
    const restored = reported("restored", ["a > one", "a > two"]);
    expect(messages([base, result, restored])).toEqual([
      "npm test: it ends with exit code 0 on the result, but tests fail: a > two.",
    ]);
    expect(messages([reported("base", ["a > one", "!a > two"]), result, restored])).toEqual([]);
  });
  it("that pass in one run and fail in another are called flaky", () => {
    const runs = [
      reported("restored", ["a > one", "!a > two"], { exit_code: 1 }),
      reported("restored", ["a > one", "a > two"]),
    ];
    const found = messages([base, reported("result", ["a > one", "a > two"]), ...runs]);
    expect(found).toEqual([expect.stringContaining("1 of 2 runs of the same files (it is flaky: a > two)")]);
  });
});

describe("whatever tests a project has", () => {
  const tests = fc.array(fc.constantFrom("a > one", "a > two", "b > one", "b > three", "c > x"), {
    maxLength: 8,
  });
  const titles = (names: readonly string[]) => names.map((name) => name.slice(4)).sort();

  it("nothing is said where all of them run again, and something wherever one does not", () => {
    fc.assert(
      fc.property(tests, tests, (before, after) => {
        const restored = reported("restored", before);
        const found = messages([reported("base", before), reported("result", after), restored]);
        const left = titles(after);
        const kept = titles(before).every((title) => {
          const at = left.indexOf(title);
          if (at >= 0) left.splice(at, 1);
          return at >= 0;
        });
        expect(found.length === 0).toBe(kept);
      }),
    );
  });
  it("more that run make it no worse, and fewer no better", () => {
    fc.assert(
      fc.property(tests, tests, tests, (before, after, more) => {
        const count = (names: readonly string[]) =>
          messages([reported("base", before), reported("result", names), reported("restored", before)])
            .length;
        expect(count([...after, ...more])).toBeLessThanOrEqual(count(after));
      }),
    );
  });
});
