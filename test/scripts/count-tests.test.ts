import { describe, expect, it } from "vitest";
import { countTests } from "../../scripts/lib/count-tests.mjs";

const file = (status: string, ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((outcome) => ({ fullName: `a test that ${outcome}`, status: outcome })),
});

describe("the counts behind the last line of a verification", () => {
  it("are those of the report where all is well", () => {
    const counts = countTests({ testResults: [file("passed", "passed", "passed")] }, 0);
    expect(counts).toEqual({ passed: 2, problems: [], skipped: [] });
  });

  it("name every failed and every skipped test", () => {
    const counts = countTests({ testResults: [file("failed", "passed", "failed", "pending", "todo")] }, 1);
    expect(counts.passed).toBe(1);
    expect(counts.problems).toEqual(["a.test.ts: a test that failed"]);
    expect(counts.skipped).toHaveLength(2);
  });

  it("have a failure for a file that could not be loaded", () => {
    const counts = countTests({ testResults: [file("passed", "passed"), file("failed")] }, 1);
    expect(counts.problems).toEqual(["a.test.ts: the file failed as a whole"]);
  });

  it("have a failure for an exit code that no test explains", () => {
    const counts = countTests({ testResults: [file("passed", "passed")] }, 1);
    expect(counts.problems).toEqual(["vitest ended with exit code 1"]);
  });

  it.each([null, {}, { testResults: [] }, { testResults: [file("passed")] }])(
    "never say 0 failed of a run without tests: %j",
    (report) => {
      expect(countTests(report, 0).problems).toEqual(["no test ran"]);
    },
  );
});
