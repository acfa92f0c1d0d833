import type { TestOutputParser } from "./parsed-tests.ts";

/** Runners of which only the summary line is read: its groups `passed` or `total`, `failed`, `errors`, `skipped`. */
const SUMMARIES: readonly RegExp[] = [
  // RSpec
  /^(?<total>\d+) examples?, (?<failed>\d+) failures?(?:, (?<skipped>\d+) pending)?(?:, \d+ errors? occurred outside of examples)?$/,
  // minitest, test-unit
  /^(?<total>\d+) (?:runs|tests), \d+ assertions, (?<failed>\d+) failures, (?<errors>\d+) errors, (?:\d+ pendings, \d+ omissions, \d+ notifications|(?<skipped>\d+) skips)$/,
  // PHPUnit
  /^OK \((?<total>\d+) tests?, \d+ assertions?\)$/,
  /^Tests: (?<total>\d+), Assertions: \d+(?:, Errors: (?<errors>\d+))?(?:, Failures: (?<failed>\d+))?(?:, \w+: \d+)*?(?:, Skipped: (?<skipped>\d+))?(?:, \w+: \d+)*\.$/,
  // dotnet test
  /^(?:Passed|Failed)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+), Total: +\d+/,
  // Maven Surefire: the total, not the lines of single classes
  /^(?:\[\w+\] +)?Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<errors>\d+), Skipped: (?<skipped>\d+)$/,
  // deno test
  /^(?:ok|FAILED) \| (?<passed>\d+) passed(?: \(\d+ steps?\))? \| (?<failed>\d+) failed(?: \(\d+ steps?\))?(?: \| (?<skipped>\d+) ignored)? \(.+\)$/,
  // ctest
  /^\d+% tests passed, (?<failed>\d+) tests? failed out of (?<total>\d+)$/,
];

export const parseSummaries: TestOutputParser = (lines) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let found = false;
  for (const line of lines) {
    const groups = SUMMARIES.map((pattern) => pattern.exec(line)?.groups).find(
      (match) => match !== undefined,
    );
    if (!groups) continue;
    found = true;
    const of = (name: string) => Number(groups[name] ?? 0);
    const failed = of("failed") + of("errors");
    counts.failed += failed;
    counts.skipped += of("skipped");
    counts.passed +=
      groups.passed === undefined ? Math.max(0, of("total") - failed - of("skipped")) : of("passed");
  }
  return found ? { counts, tests: [] } : null;
};
