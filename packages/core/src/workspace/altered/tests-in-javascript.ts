import { literalPattern } from "../../text/literal-pattern.ts";
import { childrenOf, isNode, type Node, parseUnit } from "../javascript-nodes.ts";
import type { FoundTest } from "./found-test.ts";
import { isFunction, rootOf } from "./under-test.ts";

const TEST = /^(?:test|it|specify)$/;
const SUITE = /^(?:describe|suite|context)$/;
/** What may stand behind these: `test.only`, `it.each([…])`; not `test.step`, which is a part of a test. */
const KIND = /^(?:only|skip|todo|fails|failing|concurrent|sequential|serial|each|for|describe|skipIf|runIf)$/;
/** What a table's title takes from a row. */
const FROM_ROW = /%[a-z%#$]|\$[\w.#]+/gi;

/** The tests of a file in JavaScript or TypeScript, as runners report them: suites and title joined by ` > `. */
export function testsInJavaScript(extension: string, source: string): FoundTest[] | null {
  const unit = parseUnit(extension, source);
  return unit && testsBelow(unit.program, []);
}

function testsBelow(node: Node, suites: readonly string[]): FoundTest[] {
  const kind = node.type === "CallExpression" ? kindOf(node.callee) : null;
  const [title, ...rest] = kind === null ? [] : (node.arguments as unknown[]).filter(isNode);
  if (!title || isFunction(title) || !rest.some(isFunction))
    return childrenOf(node).flatMap((child) => testsBelow(child, suites));
  const titles = [...suites, patternOf(title)];
  if (kind === "suite") return rest.flatMap((child) => testsBelow(child, titles));
  // Other suites may stand around and between those that are known, and parts of the test below it.
  const name = new RegExp(`(?:^| > )${titles.join(" > (?:.* > )?")}(?: > |$)`, "s");
  return [{ name, start: node.start, end: node.end }];
}

function kindOf(callee: unknown): "test" | "suite" | null {
  const root = rootOf(callee) ?? "";
  const names = membersOf(callee);
  if (!names.every((name) => KIND.test(name))) return null;
  if (SUITE.test(root) || (TEST.test(root) && names.includes("describe"))) return "suite";
  return TEST.test(root) ? "test" : null;
}

function membersOf(callee: unknown): string[] {
  if (!isNode(callee) || callee.type === "Identifier") return [];
  const own = isNode(callee.property) ? [String(callee.property.name)] : [];
  return [...own, ...membersOf(callee.object ?? callee.callee)];
}

/** What a title may be when the test runs: what is not known of it may be anything. */
function patternOf(title: Node): string {
  const texts =
    title.type === "StringLiteral"
      ? String(title.value).split(FROM_ROW)
      : title.type === "TemplateLiteral"
        ? (title.quasis as { value: { cooked: string } }[]).flatMap(({ value }) =>
            value.cooked.split(FROM_ROW),
          )
        : ["", ""];
  return texts.map(literalPattern).join(".*");
}
