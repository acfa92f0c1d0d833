import { inProject } from "./report-root.ts";
import type { ReportedTest } from "./test-report.ts";
import { xmlTags } from "./xml-tags.ts";

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * The tests of a report in JUnit's XML, of whatever runner.
 * @param root where the command ran. @returns null where it is none, or was cut short.
 */
export function parseJunit(text: string, root: string): ReportedTest[] | null {
  const tags = xmlTags(text);
  if (tags === null) return null;
  const tests: ReportedTest[] = [];
  const open: string[] = [];
  let current: { test: Omit<ReportedTest, "outcome">; outcome: ReportedTest["outcome"] } | null = null;
  let roots = 0;
  for (const { name, attributes, opens, closes } of tags) {
    if (opens) {
      if (open.length === 0) {
        if (!/^testsuites?$/.test(name)) return null;
        roots += 1;
      }
      if (name === "testcase") current = { test: testOf(attributes, root), outcome: "passed" };
      else if (current && open.at(-1) === "testcase") current.outcome = worse(current.outcome, name);
      open.push(name);
    }
    if (closes) {
      if (open.pop() !== name) return null;
      if (name === "testcase" && current) {
        tests.push({ ...current.test, outcome: current.outcome });
        current = null;
      }
    }
  }
  return roots === 1 && open.length === 0 ? tests : null;
}

function worse(outcome: ReportedTest["outcome"], element: string): ReportedTest["outcome"] {
  if (element === "failure" || element === "error") return "failed";
  return element === "skipped" && outcome === "passed" ? "skipped" : outcome;
}

function testOf(attributes: string, root: string): Omit<ReportedTest, "outcome"> {
  const found = new Map<string, string>();
  for (const [, name = "", double, single] of attributes.matchAll(ATTRIBUTE))
    found.set(name, decoded(double ?? single ?? ""));
  const file = found.get("file");
  const owner = found.get("classname") ?? "";
  const name = found.get("name") ?? "";
  return file === undefined
    ? { file: inProject(owner, root), name }
    : { file: inProject(file, root), name: [owner, name].filter((part) => part !== "").join(" > ") };
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
