import { childrenOf, isNode, type Node, parseUnit } from "../javascript-nodes.ts";
import { otherNumber, otherText, type Replacement, replaceAll } from "./literal.ts";

/** What assertion libraries call "is equal to", in whatever style; `not` before it makes it another thing. */
const EQUALITY = /^(?!.*not)(?:\w*equals?|eql?|is|same|to_?be|tobecloseto|tomatchinlinesnapshot)$/i;

/** JavaScript and TypeScript. @returns null where nothing is compared with a literal, or the text does not parse. */
export function alterJavaScript(extension: string, source: string): string | null {
  const unit = parseUnit(extension, source);
  if (unit === null) return null;
  const found = new Map(expectationsIn(unit.program).map((replacement) => [replacement.start, replacement]));
  return found.size === 0 ? null : replaceAll(source, [...found.values()]);
}

function expectationsIn(node: Node): Replacement[] {
  const own = node.type === "CallExpression" ? expectationsOf(node) : [];
  return [...own, ...childrenOf(node).flatMap(expectationsIn)];
}

/** `equal(actual, "x")`, `expect(actual).toBe("x")`, and `ok(actual === "x")`. */
function expectationsOf(call: Node): Replacement[] {
  const args = (call.arguments as Node[]).filter(isNode);
  const compared = args.filter(
    ({ type, operator }) => type === "BinaryExpression" && (operator === "===" || operator === "=="),
  );
  const operands = compared.flatMap(({ left, right }) => [left, right].filter(isNode));
  // A third argument is what to say when it fails.
  return [...operands, ...(isEquality(call.callee) ? args.slice(0, 2) : [])].flatMap(otherValue);
}

function isEquality(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === "Identifier") return EQUALITY.test(String(callee.name));
  if (callee.type !== "MemberExpression" || callee.computed === true || !isNode(callee.property))
    return false;
  return EQUALITY.test(String(callee.property.name)) && !isNegated(callee.object);
}

function isNegated(node: unknown): boolean {
  if (!isNode(node) || node.type !== "MemberExpression") return false;
  return (isNode(node.property) && node.property.name === "not") || isNegated(node.object);
}

/** A literal, or the literals among the members of a list or an object, turned into others of their kind. */
function otherValue(node: Node): Replacement[] {
  const by = (text: string): Replacement[] => [{ start: node.start, end: node.end, by: text }];
  const children = (nodes: unknown) => (nodes as unknown[]).filter(isNode).flatMap(otherValue);
  switch (node.type) {
    case "StringLiteral":
      return by(JSON.stringify(otherText(String(node.value))));
    case "NumericLiteral":
      return by(String(otherNumber(Number(node.value))));
    case "BooleanLiteral":
      return by(String(node.value !== true));
    case "NullLiteral":
      return by("1");
    case "UnaryExpression":
      return isNode(node.argument) && node.operator === "-" ? otherValue(node.argument) : [];
    case "TemplateLiteral":
      return [{ start: node.end - 1, end: node.end - 1, by: "q" }];
    case "ArrayExpression":
      return (node.elements as unknown[]).length === 0 ? by("[1]") : children(node.elements);
    case "ObjectExpression":
      return (node.properties as unknown[]).length === 0 ? by("{ q: 1 }") : children(node.properties);
    case "ObjectProperty":
      return isNode(node.value) ? otherValue(node.value) : [];
    default:
      return [];
  }
}
