import { readTree, type TreeLine } from "./indented-tree.ts";
import type { TestOutputParser } from "./parsed-tests.ts";

const PASSING = /^ +(\d+) passing \(.+\)$/;
const OTHER = /^ +(\d+) (failing|pending)$/;

/** mocha's default reporter. */
export const parseMocha: TestOutputParser = (lines) => {
  if (!lines.some((line) => PASSING.test(line))) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const tree: TreeLine[] = [];
  let inTree = true;
  for (const line of lines) {
    const passing = PASSING.exec(line);
    const other = OTHER.exec(line);
    if (passing) {
      counts.passed += Number(passing[1]);
      inTree = false;
    } else if (other && !inTree) {
      counts[other[2] === "failing" ? "failed" : "skipped"] += Number(other[1]);
    } else if (inTree) {
      tree.push(...treeLine(line));
    } else if (/^ {2}\S/.test(line) && !/^ +\d+\) /.test(line)) {
      // Another run in the same output.
      inTree = true;
      tree.push("reset", ...treeLine(line));
    }
  }
  return { counts, tests: readTree(tree) };
};

function treeLine(line: string): TreeLine[] {
  const indent = line.search(/\S/);
  if (indent < 1) return indent === 0 ? ["reset"] : [];
  const text = line.trim();
  const passed = /^[✔✓] (.+?)(?: \(\d+m?s\))?$/u.exec(text)?.[1];
  if (passed !== undefined) return [{ indent, name: passed, outcome: "passed" }];
  const failed = /^\d+\) (.+)$/.exec(text)?.[1];
  if (failed !== undefined) return [{ indent, name: failed, outcome: "failed" }];
  const pending = /^- (.+)$/.exec(text)?.[1];
  return pending === undefined ? [{ indent, suite: text }] : [{ indent, name: pending, outcome: "skipped" }];
}
