import { readTree, type TreeLine } from "./indented-tree.ts";
import { sumByWord, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const SUMMARY = /^Tests: +(.*\d+ total)$/;
const FILE = /^(?:PASS|FAIL) \S/;
const LINE = /^( +)([✓✕○✎]) (?:(?:skipped|todo) )?(.+?)(?: \(\d[\d.]* m?s\))?$/u;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  "✓": "passed",
  "✕": "failed",
  "○": "skipped",
  "✎": "skipped",
};

/** jest. It names the tests of single files only; `--verbose` names all. */
export const parseJest: TestOutputParser = (lines) => {
  const summaries = lines.flatMap((line) => SUMMARY.exec(line)?.[1] ?? []);
  if (summaries.length === 0) return null;
  const sums = sumByWord(summaries.join("\n"));
  const sum = (word: string) => sums.get(word) ?? 0;
  return {
    counts: { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") + sum("todo") },
    tests: readTree(treeLines(lines)),
  };
};

/** The tree of a file goes from its PASS or FAIL line to the first line that is empty or a detail. */
function treeLines(lines: readonly string[]): TreeLine[] {
  let inTree = false;
  return lines.flatMap((line): TreeLine[] => {
    if (FILE.test(line)) {
      inTree = true;
      return ["reset"];
    }
    if (!inTree || line.trim() === "" || line.trim().startsWith("●")) {
      inTree = false;
      return [];
    }
    const test = LINE.exec(line);
    const outcome = OUTCOMES[test?.[2] ?? ""];
    const indent = line.search(/\S/);
    return outcome === undefined
      ? [{ indent, suite: line.trim() }]
      : [{ indent, name: test?.[3] ?? "", outcome }];
  });
}
