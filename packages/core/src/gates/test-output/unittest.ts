import { joinName, type ParsedTest, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const RAN = /^Ran (\d+) tests? in [\d.]+s$/;
const VERDICT = /^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/;
const RESULT =
  /^(?:(\w+) \(([\w.<>]+)\))?.*? \.\.\. (ok|FAIL|ERROR|skipped\b.*|expected failure|unexpected success)$/;
const NAME = /^(\w+) \(([\w.<>]+)\)$/;

/** Python's unittest; names need `-v`. */
export const parseUnittest: TestOutputParser = (lines) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let ran: number | null = null;
  let found = false;
  for (const line of lines) {
    const verdict = VERDICT.exec(line);
    if (RAN.test(line)) ran = Number(RAN.exec(line)?.[1]);
    if (ran === null || !verdict) continue;
    const of = (word: string) =>
      Number(new RegExp(`(?:^|, )${word}=(\\d+)`).exec(verdict[1] ?? "")?.[1] ?? 0);
    const failed = of("failures") + of("errors") + of("unexpected successes");
    const skipped = of("skipped") + of("expected failures");
    counts.failed += failed;
    counts.skipped += skipped;
    // An error outside of any test, in a class's set-up say, is counted though no test ran.
    counts.passed += Math.max(0, ran - failed - skipped);
    found = true;
    ran = null;
  }
  return found ? { counts, tests: namedTests(lines) } : null;
};

/** The result stands on the line of the name, or on that of its description below. */
function namedTests(lines: readonly string[]): ParsedTest[] {
  return lines.flatMap((line, index): ParsedTest[] => {
    const result = RESULT.exec(line);
    if (!result) return [];
    const above = NAME.exec(lines[index - 1] ?? "");
    const [method, path] = result[1] === undefined ? [above?.[1], above?.[2]] : [result[1], result[2]];
    if (method === undefined || path === undefined) return [];
    const parts = path.split(".");
    // From Python 3.11 on the path ends with the method.
    const full = parts.at(-1) === method ? parts : [...parts, method];
    return [{ name: joinName(full), outcome: outcomeOf(result[3] ?? "") }];
  });
}

function outcomeOf(word: string): TestOutcome {
  if (word === "ok") return "passed";
  return word.startsWith("skipped") || word === "expected failure" ? "skipped" : "failed";
}
