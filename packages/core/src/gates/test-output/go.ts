import { countOutcomes, type ParsedTest, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const RESULT = /^ *--- (PASS|FAIL|SKIP): (\S+) \(\d[\d.]*s\)$/;
const PACKAGE = /^(ok|FAIL) *\t(\S+)(?:\t(.*))?$/;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = { PASS: "passed", FAIL: "failed", SKIP: "skipped" };

/** `go test`. Without `-v` it names no test that passed; a package that is ok then counts as one. */
export const parseGo: TestOutputParser = (lines) => {
  const packages = lines.flatMap((line) => {
    const [, word, name, note = ""] = PACKAGE.exec(line) ?? [];
    return word === undefined ? [] : [{ word, name, note }];
  });
  const tests = lines.flatMap((line): ParsedTest[] => {
    const [, word = "", name = ""] = RESULT.exec(line) ?? [];
    const outcome = OUTCOMES[word];
    return outcome === undefined ? [] : [{ name, outcome }];
  });
  if (packages.length === 0 && tests.length === 0) return null;
  const parents = new Set(tests.flatMap(({ name }) => prefixes(name)));
  const counts = countOutcomes(tests.filter(({ name }) => !parents.has(name)));
  if (lines.some((line) => line.startsWith("=== RUN"))) return { counts, tests };
  const ok = packages.filter(({ word, note }) => word === "ok" && !note.includes("[no tests to run]")).length;
  const broken = packages.filter(({ word, note }) => word === "FAIL" && note.startsWith("[")).length;
  return { counts: { ...counts, passed: counts.passed + ok, failed: counts.failed + broken }, tests };
};

function prefixes(name: string): string[] {
  const parts = name.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
