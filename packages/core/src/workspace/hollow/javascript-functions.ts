/** The functions of a source in JavaScript, and what is left of it without them. */
import { type Replacement, replaceAll } from "../altered/literal.ts";
import { childrenOf, isNode, type Node, type Unit } from "../javascript-nodes.ts";

const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ObjectMethod",
  "ClassMethod",
  "ClassPrivateMethod",
]);

/** One with a body. */
export const isFunction = (node: Node) => FUNCTIONS.has(node.type) && isNode(node.body);

/** All functions in a node, those in other functions too. */
export function functionsOf(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => [...(isFunction(child) ? [child] : []), ...functionsOf(child)]);
}

export const textOf = ({ text }: Unit, node: Node) => text.slice(node.start, node.end);

/** Its text with the bodies of the functions in it taken out: what it does itself. */
export function frameOf(unit: Unit, node: Node): string {
  const inner = outermostFunctions(isFunction(node) ? (node.body as Node) : node);
  const cuts = inner.map(({ body }): Replacement => {
    const { start, end } = body as Node;
    return { start: start - node.start, end: end - node.start, by: "{}" };
  });
  return replaceAll(textOf(unit, node), cuts);
}

function outermostFunctions(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [child] : outermostFunctions(child)));
}
