import { extname } from "node:path";
import { JAVASCRIPT_EXTENSIONS } from "../javascript-nodes.ts";
import type { FoundTest } from "./found-test.ts";
import { testsInJavaScript } from "./tests-in-javascript.ts";
import { testsInPython } from "./tests-in-python.ts";

/** A test of a file in which expectations were looked for. */
export interface AlteredTest {
  /** Matches what a runner's report calls it, without the file. */
  readonly name: RegExp;
  readonly altered: boolean;
}

/** Nobody knows which tests rest on it. */
const ANY: AlteredTest = { name: /^/, altered: true };

/**
 * @param after what became of `before`, or the same where nothing was altered.
 * @returns the tests of the file, and whether they are others now. What stands outside of them may count for each.
 */
export function alteredTests(path: string, before: string, after: string): AlteredTest[] {
  const [old, now] = [testsIn(path, before), testsIn(path, after)];
  if (old?.length !== now?.length || outside(before, old ?? []) !== outside(after, now ?? [])) return [ANY];
  return (old ?? []).map(({ name, start, end }, index) => {
    const other = now?.[index];
    return { name, altered: before.slice(start, end) !== after.slice(other?.start, other?.end) };
  });
}

function testsIn(path: string, source: string): FoundTest[] | null {
  const extension = extname(path).toLowerCase();
  if (JAVASCRIPT_EXTENSIONS.has(extension)) return testsInJavaScript(extension, source);
  return extension === ".py" ? testsInPython(source) : null;
}

function outside(source: string, tests: readonly FoundTest[]): string {
  const ends = [0, ...tests.map(({ end }) => end)];
  return ends.map((end, index) => source.slice(end, tests[index]?.start)).join("\0");
}
