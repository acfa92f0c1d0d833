import { joinName, type ParsedTest, type TestOutputParser } from "./parsed-tests.ts";

const SUMMARY =
  /^ {2}(\d+) (?:tests? (passed|failed|skipped|todo)|(?:uncaught exceptions?|unhandled rejections?))$/;

/** ava's own reporter. */
export const parseAva: TestOutputParser = (lines) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let found = false;
  for (const line of lines) {
    const summary = SUMMARY.exec(line);
    if (!summary) continue;
    found = true;
    const word = summary[2] ?? "failed";
    counts[word === "passed" || word === "failed" ? word : "skipped"] += Number(summary[1]);
  }
  if (!found) return null;
  const tests = lines.flatMap(testOf);
  // Where a test failed, ava's summary leaves out how many passed.
  const named = tests.filter(({ outcome }) => outcome === "passed").length;
  return { counts: { ...counts, passed: Math.max(counts.passed, named) }, tests };
};

function testOf(line: string): ParsedTest[] {
  const passed = /^ {2}✔ (.+?)(?: \(\d[\d.]*m?s\))?$/u.exec(line)?.[1];
  if (passed !== undefined) return [{ name: joinName(passed.split(" › ")), outcome: "passed" }];
  const skipped = /^ {2}- \[(?:skip|todo)\] (.+)$/.exec(line)?.[1];
  if (skipped !== undefined) return [{ name: joinName(skipped.split(" › ")), outcome: "skipped" }];
  const failed = /^ {2}✘ \[fail\]: (.+)$/u.exec(line)?.[1];
  return failed === undefined ? [] : [{ name: joinName(failed.split(" › ")), outcome: "failed" }];
}
