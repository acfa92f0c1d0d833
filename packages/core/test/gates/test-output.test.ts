import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findTests, parseTestOutput } from "../../src/gates/test-output.ts";

const recorded = (name: string) => readFileSync(new URL(`./outputs/${name}.txt`, import.meta.url), "utf8");

describe("parseTestOutput reads what real runners printed", () => {
  it.each([
    ["node-20-tap", 5, 1, 2],
    ["node-24-tap", 5, 1, 2],
    ["node-20-spec", 5, 1, 2],
    ["node-24-spec", 5, 1, 2],
    ["vitest", 3, 1, 2],
    ["vitest-verbose", 2, 1, 2],
    ["jest", 2, 1, 1],
    ["mocha", 2, 1, 1],
    ["ava", 2, 1, 2],
    ["ava-tap", 1, 2, 1],
    ["tape", 1, 1, 0],
    ["pytest-quiet", 3, 1, 2],
    ["pytest-verbose", 3, 1, 2],
    ["unittest", 1, 1, 1],
    ["unittest-verbose", 1, 1, 1],
    ["go-verbose", 2, 1, 1],
    ["go", 2, 0, 0],
    ["cargo", 1, 1, 1],
    ["uvu", 1, 1, 1],
  ])("%s: %i passed, %i failed, %i skipped", (name, passed, failed, skipped) => {
    expect(parseTestOutput(recorded(name), "")?.counts).toEqual({ passed, failed, skipped });
    expect(parseTestOutput("", recorded(name).replaceAll("\n", "\r\n"))?.counts).toEqual({
      passed,
      failed,
      skipped,
    });
  });

  it.each(["node-20-tap", "node-24-tap", "node-20-spec", "node-24-spec"])(
    "names leaf tests with their suites: %s",
    (name) => {
      expect(parseTestOutput(recorded(name), "")?.tests).toEqual([
        { name: "slug > empty is empty", outcome: "passed" },
        { name: "slug > fails (badly)", outcome: "failed" },
        { name: "slug > deep > x > y", outcome: "passed" },
        { name: "top > sub 1", outcome: "passed" },
        { name: "top > sub 2", outcome: "skipped" },
        { name: "todo one", outcome: "skipped" },
        { name: "plain # hash", outcome: "passed" },
      ]);
    },
  );

  it.each([
    ["jest", "slug > deep > inner"],
    ["mocha", "slug > deep > inner"],
    ["vitest-verbose", "slug › deep › inner"],
    ["vitest", "inner"],
    ["vitest-verbose", "slug deep inner"],
    ["mocha", "deep inner"],
    ["ava", "first"],
    ["pytest-verbose", "test_a.py::TestX::test_one"],
    ["pytest-verbose", "test_one"],
    ["unittest-verbose", "A > test_a"],
    ["go-verbose", "TestSlug/empty_string"],
    ["cargo", "tests::it_works"],
  ])("finds a test of %s by the name %s", (output, name) => {
    const found = findTests(parseTestOutput(recorded(output), "")?.tests ?? [], name);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ outcome }) => outcome === "passed")).toBe(true);
  });

  it("takes the name of a suite for all tests below it, and no part of a word for a name", () => {
    const tests = parseTestOutput(recorded("node-24-tap"), "")?.tests ?? [];
    expect(findTests(tests, "slug").map(({ outcome }) => outcome)).toEqual(["passed", "failed", "passed"]);
    expect(findTests(tests, "slu")).toEqual([]);
    const spaced = [{ name: "of texts > is empty", outcome: "passed" as const }];
    expect(findTests(spaced, "of texts is empty")).toEqual(spaced);
    expect(findTests(spaced, "texts is empty")).toEqual([]);
  });
});

describe("parseTestOutput", () => {
  it("reads what scripts print that know Automake or TAP and no runner", () => {
    const of = (output: string) => parseTestOutput(output, "");
    expect(of("building\nPASS: a test\nFAIL: another\nSKIP: a third\n")).toEqual({
      counts: { passed: 1, failed: 1, skipped: 1 },
      tests: [
        { name: "a test", outcome: "passed" },
        { name: "another", outcome: "failed" },
        { name: "a third", outcome: "skipped" },
      ],
    });
    expect(of("ok - first\nnot ok - second\n")?.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("knows nothing of output that no test runner printed", () => {
    expect(parseTestOutput("all good\n3 passed the exam\nok then\n", "warning: 2 failed tries")).toBeNull();
  });

  it("tells no test from no knowledge", () => {
    expect(parseTestOutput("TAP version 13\n1..0\n# tests 0\n# pass 0\n# fail 0\n", "")?.counts).toEqual({
      passed: 0,
      failed: 0,
      skipped: 0,
    });
    expect(parseTestOutput("\nno tests ran in 0.01s\n", "")?.counts.passed).toBe(0);
  });

  it.each([
    ["12 examples, 1 failure, 2 pending", 9, 1, 2],
    ["5 runs, 9 assertions, 1 failures, 1 errors, 1 skips", 2, 2, 1],
    ["OK (3 tests, 3 assertions)", 3, 0, 0],
    ["Passed!  - Failed:     0, Passed:     4, Skipped:     1, Total:     5, Duration: 9 ms", 4, 0, 1],
    ["[INFO] Tests run: 7, Failures: 1, Errors: 0, Skipped: 2", 4, 1, 2],
    ["ok | 3 passed | 0 failed (12ms)", 3, 0, 0],
  ])("reads the summary line %s", (line, passed, failed, skipped) => {
    expect(parseTestOutput(`noise\n${line}\n`, "")?.counts).toEqual({ passed, failed, skipped });
  });

  it("adds up several runs in one output, also of different runners", () => {
    const names = ["node-20-tap", "pytest-quiet", "cargo", "jest", "mocha", "vitest", "go-verbose"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 5 }), (chosen) => {
        const parts = chosen.map((name) => parseTestOutput(recorded(name), "")?.counts.passed ?? Number.NaN);
        const whole = parseTestOutput(chosen.map(recorded).join("\n"), "");
        expect(whole?.counts.passed).toBe(parts.reduce((sum, part) => sum + part, 0));
      }),
      { numRuns: 40 },
    );
  });

  it("never throws, whatever is printed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (out, err) => void parseTestOutput(out, err)),
    );
  });
});
