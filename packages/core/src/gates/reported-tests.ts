import type { ReportedTest, TestReport } from "../test-adapters/test-report.ts";
import type { ExecutedTest } from "./task-evidence.ts";
import { countOutcomes } from "./test-output/parsed-tests.ts";
import type { ParsedTests } from "./test-output.ts";

/** A runner's own report in the form in which outputs are read. */
export function reportedTests({ tests }: TestReport): ParsedTests {
  const named = tests.map((test) => ({ name: nameOf(test), outcome: test.outcome }));
  return { counts: countOutcomes(named), tests: named };
}

/** A file that could not be loaded is a failure, but no test that was there: it is left out. */
export function executedTests({ tests }: TestReport): ExecutedTest[] {
  return tests
    .filter(({ name, outcome }) => outcome === "passed" || (outcome === "failed" && name !== ""))
    .map((test) => ({ name: nameOf(test), passed: test.outcome === "passed", title: test.name }));
}

function nameOf({ file, name }: ReportedTest): string {
  return [file, name].filter((part) => part !== "").join(" > ");
}
