import {
  joinName,
  type ParsedTest,
  sumByWord,
  type TestOutcome,
  type TestOutputParser,
} from "./parsed-tests.ts";

const SUMMARY =
  /^(?:=+ )?((?:\d+ (?:passed|failed|skipped|deselected|xfailed|xpassed|errors?|warnings?|rerun|subtests passed)(?:, )?)+|no tests (?:ran|collected)(?:, .*)?) in [\d.]+s(?: \([\d:.]+\))?(?: =+)?$/;
const VERBOSE = /^(\S.*?::.+?) (PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)(?: +\(.*\))?(?: +\[ *\d+%\])?$/;
const SHORT = /^(FAILED|ERROR) (\S+?::.+?)(?: - .*)?$/;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  PASSED: "passed",
  XPASS: "passed",
  FAILED: "failed",
  ERROR: "failed",
  SKIPPED: "skipped",
  XFAIL: "skipped",
};

/** pytest, quiet or not. Names of tests that passed need `-v`. */
export const parsePytest: TestOutputParser = (lines) => {
  const summaries = lines.flatMap((line) => SUMMARY.exec(line)?.[1] ?? []);
  if (summaries.length === 0) return null;
  const sums = sumByWord(summaries.join("\n").replace(/\d+ subtests passed/g, ""));
  const sum = (...words: string[]) => words.reduce((total, word) => total + (sums.get(word) ?? 0), 0);
  return {
    counts: {
      passed: sum("passed", "xpassed"),
      failed: sum("failed", "error", "errors"),
      skipped: sum("skipped", "xfailed"),
    },
    tests: lines.flatMap(testOf),
  };
};

function testOf(line: string): ParsedTest[] {
  const verbose = VERBOSE.exec(line);
  const short = SHORT.exec(line);
  const [word, name] = verbose ? [verbose[2], verbose[1]] : [short?.[1], short?.[2]];
  const outcome = OUTCOMES[word ?? ""];
  return outcome === undefined || name === undefined ? [] : [{ name: joinName(name.split("::")), outcome }];
}
