import { isNode, type Node } from "../javascript-nodes.ts";
import { otherNumber, otherText, type Replacement } from "./literal.ts";

/** @returns what a literal, or the literals among the members of a list or an object, become: others of their kind. */
export function otherValue(node: Node): Replacement[] {
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
    case "Identifier":
      return node.name === "undefined" ? by("1") : [];
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
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return isNode(node.expression) ? otherValue(node.expression) : [];
    default:
      return [];
  }
}
