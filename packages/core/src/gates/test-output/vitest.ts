import {
  joinName,
  type ParsedTest,
  sumByWord,
  type TestOutcome,
  type TestOutputParser,
} from "./parsed-tests.ts";

const SUMMARY = /^ *Tests {2}(.+\(\d+\)|no tests) *$/;
const LINE = /^ *([✓×↓□]) (.+?)(?: +\d[\d.]*m?s)?$/u;
const FAIL = /^ *FAIL +(?:\|[^|]+\| )?(\S.* > .+)$/;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  "✓": "passed",
  "×": "failed",
  "↓": "skipped",
  "□": "skipped",
};

/** vitest. Its default reporter names the tests of single files only; `--reporter=verbose` names all. */
export const parseVitest: TestOutputParser = (lines) => {
  const summaries = lines.flatMap((line) => SUMMARY.exec(line)?.[1] ?? []);
  if (summaries.length === 0) return null;
  const sums = sumByWord(summaries.join("\n"));
  const sum = (word: string) => sums.get(word) ?? 0;
  return {
    counts: { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") + sum("todo") },
    tests: lines.flatMap(testOf),
  };
};

function testOf(line: string): ParsedTest[] {
  const failed = FAIL.exec(line)?.[1];
  if (failed !== undefined) return [{ name: joinName(failed.split(" > ")), outcome: "failed" }];
  const match = LINE.exec(line);
  const outcome = OUTCOMES[match?.[1] ?? ""];
  const name = (match?.[2] ?? "").replace(/^\|[^|]+\| /, "").replace(/ \[skipped\]$/, "");
  const isFile = /\(\d+ tests?\b.*\)$/.test(name);
  return outcome === undefined || isFile ? [] : [{ name: joinName(name.split(" > ")), outcome }];
}
