import { joinName, type ParsedTest, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const SUMMARY = /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored;/;
const RESULT = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored\b.*)$/;

/** `cargo test`: one summary for each target, which add up. */
export const parseCargo: TestOutputParser = (lines) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let found = false;
  for (const line of lines) {
    const summary = SUMMARY.exec(line);
    if (!summary) continue;
    found = true;
    counts.passed += Number(summary[1]);
    counts.failed += Number(summary[2]);
    counts.skipped += Number(summary[3]);
  }
  return found ? { counts, tests: lines.flatMap(testOf) } : null;
};

function testOf(line: string): ParsedTest[] {
  const [, name, word] = RESULT.exec(line) ?? [];
  if (name === undefined || word === undefined) return [];
  const outcome: TestOutcome = word === "ok" ? "passed" : word === "FAILED" ? "failed" : "skipped";
  return [{ name: joinName(name.split("::")), outcome }];
}
