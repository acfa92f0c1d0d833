import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import type { Replacement } from "./literal.ts";
import { otherPart } from "./other-part.ts";
import { hasPart, isFunction, isOfTest, rootOf } from "./under-test.ts";

/** Assertions whose first argument is looked for in what `expect` was given. */
const FINDS = /^(?:toContain|toContainEqual|toMatch)$/;
/** In a chain such as `expect(…).to.include("x")` the first argument; in a call such as `match(text, /x/)` the second. */
const FINDS_IN = /^(?:match|regex|include|includes|contain|contains)$/;
const CALLED_WITH = /^toHaveBeen(?:Last|Nth)?CalledWith$/;
const IS_TRUE = /^(?:ok|assert|true|isTrue|truthy)$/;
const HOLDS = /^(?:includes|startsWith|endsWith)$/;

/**
 * What a test wants to find in a text or among others: `match(text, /x/)`, `expect(list).toContain("x")`,
 * `toHaveBeenCalledWith("x")`, `ok(text.includes("x"))`. Each becomes what can't be found.
 */
export function expectedParts(node: Node, underTest: ReadonlySet<string>): Replacement[] {
  const own = node.type === "CallExpression" && isOfTest(node.callee, underTest) ? partsOf(node) : [];
  return [...own, ...childrenOf(node).flatMap((child) => expectedParts(child, underTest))];
}

function partsOf(node: Node): Replacement[] {
  const { callee } = node;
  const args = (node.arguments as unknown[]).filter(isNode);
  if (!isNode(callee) || hasPart(callee, /^not$/)) return [];
  const name = nameOf(callee);
  if (IS_TRUE.test(name)) return args.slice(0, 1).flatMap(foundIn);
  if (CALLED_WITH.test(name))
    return args.reduce<Replacement[]>((last, arg) => replacedBy(last, otherPart(arg)), []);
  const wanted = args[wantedAt(name, callee, args.length)];
  return wanted ? otherPart(wanted) : [];
}

/** One argument is enough: the last that can be altered. */
const replacedBy = (last: Replacement[], next: Replacement[]) => (next.length > 0 ? next : last);

function wantedAt(name: string, callee: Node, count: number): number {
  if (FINDS.test(name)) return 0;
  if (!FINDS_IN.test(name)) return -1;
  if (hasPart(callee, /^(?:to|should|must)$/)) return 0;
  // `text.match(/x/)` and `list.includes("x", 1)` are no assertions.
  const asserts = /^(?:match|regex)$/.test(name) || rootOf(callee) === "assert";
  return asserts && count > 1 ? 1 : -1;
}

/** What has to be found for a condition to hold, of each part of it that has to hold. */
function foundIn(condition: Node): Replacement[] {
  const { type, operator, left, right, callee } = condition;
  if (type === "LogicalExpression" && operator === "&&") return [left, right].filter(isNode).flatMap(foundIn);
  if (!/^(?:Optional)?CallExpression$/.test(type) || !isNode(callee)) return [];
  const [first] = condition.arguments as unknown[];
  const name = nameOf(callee);
  if (isNode(first) && HOLDS.test(name))
    return /^(?:String|Template)Literal$/.test(first.type) ? otherPart(first) : [];
  if (name === "some" && isNode(first) && isFunction(first) && isNode(first.body)) return foundIn(first.body);
  return name === "test" && isNode(callee.object) && callee.object.type === "RegExpLiteral"
    ? otherPart(callee.object)
    : [];
}

/** The last name of what is called. */
function nameOf(callee: Node): string {
  const named = callee.computed === true ? null : (callee.property ?? callee);
  return isNode(named) ? String(named.name ?? "") : "";
}
