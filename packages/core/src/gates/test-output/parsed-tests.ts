import type { TestCounts } from "../../evidence/events.ts";

export type TestOutcome = "passed" | "failed" | "skipped";

export interface ParsedTest {
  /** File, suites and the test, as far as the runner names them, joined by ` > `. */
  readonly name: string;
  readonly outcome: TestOutcome;
}

/** What a test runner's output says. `counts` may know more than `tests`: many runners name only what failed. */
export interface ParsedTests {
  readonly counts: TestCounts;
  readonly tests: readonly ParsedTest[];
}

/** Reads the output of one kind of runner, colours and carriage returns taken out; null where it is not of that kind. */
export type TestOutputParser = (lines: readonly string[]) => ParsedTests | null;

export function countOutcomes(tests: readonly ParsedTest[]): TestCounts {
  const count = (outcome: TestOutcome) => tests.filter((test) => test.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** Sums of `number word` pairs such as "1 failed, 3 passed", by word. */
export function sumByWord(text: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [, number = "0", word = ""] of text.matchAll(/(\d+) ([a-z]+)/g)) {
    sums.set(word, (sums.get(word) ?? 0) + Number(number));
  }
  return sums;
}

export function joinName(parts: readonly string[]): string {
  return parts.map((part) => part.trim()).join(" > ");
}
