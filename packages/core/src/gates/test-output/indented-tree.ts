import { joinName, type ParsedTest, type TestOutcome } from "./parsed-tests.ts";

/** One line of a report that shows suites by indentation alone. */
export type TreeLine =
  | { readonly indent: number; readonly name: string; readonly outcome: TestOutcome }
  | { readonly indent: number; readonly suite: string }
  | "reset";

/** Names each test with the suites that it is indented under. */
export function readTree(lines: readonly TreeLine[]): ParsedTest[] {
  const tests: ParsedTest[] = [];
  let suites: { readonly indent: number; readonly suite: string }[] = [];
  for (const line of lines) {
    if (line === "reset") {
      suites = [];
      continue;
    }
    suites = suites.filter(({ indent }) => indent < line.indent);
    if ("suite" in line) suites.push(line);
    else
      tests.push({ name: joinName([...suites.map(({ suite }) => suite), line.name]), outcome: line.outcome });
  }
  return tests;
}
