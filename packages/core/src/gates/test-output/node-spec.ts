import { joinName, type ParsedTest, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const SUMMARY = /^ℹ (tests|pass|fail|cancelled|skipped|todo) (\d+)$/;
const LINE = /^( *)([▶✔✖﹣⚠]) (.+?)(?: \(\d[\d.]*ms\))?( # (?:SKIP|TODO).*)?$/u;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  "✔": "passed",
  "✖": "failed",
  "﹣": "skipped",
  "⚠": "skipped",
};

/** The `spec` reporter of node:test, its default where no terminal is needed. */
export const parseNodeSpec: TestOutputParser = (lines) => {
  const sums = new Map<string, number>();
  const tests: ParsedTest[] = [];
  let suites: { readonly indent: number; readonly name: string }[] = [];
  let inDetails = false;
  for (const line of lines) {
    const summary = SUMMARY.exec(line);
    const word = summary?.[1] ?? "";
    if (summary) sums.set(word, (sums.get(word) ?? 0) + Number(summary[2]));
    // What follows repeats the failures; a further run in the same output starts with results again.
    if (line === "✖ failing tests:") inDetails = true;
    else if (inDetails && /^[▶✔]/u.test(line)) inDetails = false;
    const match = inDetails ? null : LINE.exec(line);
    if (!match) continue;
    const indent = match[1]?.length ?? 0;
    const [mark = "", name = ""] = [match[2], match[3]];
    const closed = suites.find((suite) => suite.indent === indent && suite.name === name);
    suites = suites.filter((suite) => suite.indent < indent);
    if (closed) continue;
    const outcome = OUTCOMES[mark];
    if (outcome === undefined) suites.push({ indent, name });
    else
      tests.push({
        name: joinName([...suites.map((suite) => suite.name), name]),
        outcome: match[4] ? "skipped" : outcome,
      });
  }
  if (!sums.has("pass") || !sums.has("tests")) return null;
  const sum = (...words: string[]) => words.reduce((total, key) => total + (sums.get(key) ?? 0), 0);
  return {
    counts: { passed: sum("pass"), failed: sum("fail", "cancelled"), skipped: sum("skipped", "todo") },
    tests,
  };
};
