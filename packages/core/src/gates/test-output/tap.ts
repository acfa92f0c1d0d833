import { countOutcomes, joinName, type ParsedTest, type TestOutputParser } from "./parsed-tests.ts";

const RESULT = /^( *)(not )?ok\b(?: +\d+)?(?: +-)? *(.*)$/;
const SUMMARY = /^# (pass|fail|cancelled|skip|skipped|todo) +(\d+)$/;
const DIRECTIVE = /(?<!\\) ?# *(skip|todo)\S*(?:\s.*)?$/i;

/** A version, a plan, or the first result of a script that prints neither: with a dash, or it may be any sentence. */
const BEGINNING = /^(?:TAP version \d+$|1\.\.\d+|(?:not )?ok (?:\d+ +)?- +\S)/;

interface Node {
  readonly depth: number;
  readonly test: ParsedTest;
}

/** TAP 12 to 14, as node:test, tape and ava print it. A result whose subtests stand above it is a parent, no test. */
export const parseTap: TestOutputParser = (lines) => {
  if (!lines.some((line) => BEGINNING.test(line))) return null;
  const nodes: Node[] = [];
  const sums = new Map<string, number>();
  let yamlIndent: number | null = null;
  for (const line of lines) {
    const indent = line.search(/\S|$/);
    if (yamlIndent !== null) {
      if (line.trim() === "..." && indent === yamlIndent) yamlIndent = null;
      continue;
    }
    if (line.trim() === "---") yamlIndent = indent;
    const result = RESULT.exec(line);
    if (result) addResult(nodes, indent, result[2] !== undefined, result[3] ?? "");
    const summary = SUMMARY.exec(line);
    const word = summary?.[1] ?? "";
    if (summary) sums.set(word, (sums.get(word) ?? 0) + Number(summary[2]));
  }
  const tests = nodes.map(({ test }) => test);
  const sum = (...words: string[]) => words.reduce((total, word) => total + (sums.get(word) ?? 0), 0);
  if (!sums.has("pass"))
    return tests.length === 0 && sums.size === 0 ? null : { counts: countOutcomes(tests), tests };
  return {
    counts: {
      passed: sum("pass"),
      failed: sum("fail", "cancelled"),
      skipped: sum("skip", "skipped", "todo"),
    },
    tests,
  };
};

function addResult(nodes: Node[], indent: number, failed: boolean, text: string): void {
  const directive = DIRECTIVE.exec(text);
  const name = text.replace(DIRECTIVE, "").replace(/\\([#\\])/g, "$1");
  const outcome = directive ? "skipped" : failed ? "failed" : "passed";
  let first = nodes.length;
  while (first > 0 && (nodes[first - 1]?.depth ?? 0) > indent) first -= 1;
  const children = nodes.splice(first);
  if (children.length === 0) {
    nodes.push({ depth: indent, test: { name: name.trim(), outcome } });
    return;
  }
  for (const { test } of children) {
    nodes.push({ depth: indent, test: { ...test, name: joinName([name, test.name]) } });
  }
}
