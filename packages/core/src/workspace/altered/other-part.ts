import type { Node } from "../javascript-nodes.ts";
import { type Replacement, unlikeNumber, unlikeText } from "./literal.ts";

/**
 * What is looked for among others becomes what is not there either: the next number, or a letter more, may be.
 * @returns nothing where a node is no literal, or there are too few others (of `true`, say).
 */
export function otherPart(node: Node): Replacement[] {
  const { start, end } = node;
  const behind = (text: string): Replacement[] => [{ start: start + 1, end: start + 1, by: text }];
  switch (node.type) {
    case "StringLiteral":
      return [{ start, end, by: JSON.stringify(unlikeText(String(node.value))) }];
    case "TemplateLiteral":
      return [{ start: end - 1, end: end - 1, by: unlikeText("") }];
    case "NumericLiteral":
      return [{ start, end, by: String(unlikeNumber(Number(node.value))) }];
    case "RegExpLiteral":
      return [{ start, end, by: `/${unlikeText(`(?:${node.pattern})`)}/${node.flags}` }];
    case "ObjectExpression":
      return behind(`${unlikeText("")}: 1,`);
    case "ArrayExpression":
      return behind(`"${unlikeText("")}",`);
    default:
      return [];
  }
}
