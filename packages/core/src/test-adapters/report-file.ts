import { parseCtrf } from "./ctrf-report.ts";
import { parseJunit } from "./junit-report.ts";
import type { TestReport } from "./test-report.ts";

/**
 * A report file that a project's own runner writes (`report` of an entry in `qa.commands`). It is not signed: whatever
 * runs in the command can write it, so it says less than an adapter's.
 * @param texts of the file, or of all in a folder. @returns null where one of them can't be read as a report.
 */
export function readReportFiles(texts: readonly string[], root: string): TestReport | null {
  const parsed = texts.map((text) =>
    /^\s*\uFEFF?\s*</.test(text) ? parseJunit(text, root) : parseCtrf(text, root),
  );
  if (parsed.length === 0 || parsed.some((tests) => tests === null)) return null;
  return { tests: parsed.flatMap((tests) => tests ?? []) };
}
