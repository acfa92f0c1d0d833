import type { TestOutputParser } from "./parsed-tests.ts";

const SUMMARY = /^ {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)$/gm;

/** uvu, which sums up in three lines; what is skipped is no part of its total. */
export const parseUvu: TestOutputParser = (lines) => {
  const summaries = [...lines.join("\n").matchAll(SUMMARY)];
  if (summaries.length === 0) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [total = 0, passed = 0, skipped = 0] of summaries.map((found) => found.slice(1).map(Number))) {
    counts.passed += passed;
    counts.failed += Math.max(0, total - passed);
    counts.skipped += skipped;
  }
  return { counts, tests: [] };
};
