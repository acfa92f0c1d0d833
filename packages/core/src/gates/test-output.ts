import type { TestCounts } from "../evidence/events.ts";

export interface ParsedTest {
  /** Suites and the test, joined by ` > `. */
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
}
export interface ParsedTests {
  readonly counts: TestCounts;
  readonly tests: readonly ParsedTest[];
}
export function parseTestOutput(_stdout: string, _stderr: string): ParsedTests | null {
  return null;
}
