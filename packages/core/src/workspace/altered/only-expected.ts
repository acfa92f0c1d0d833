import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { nameOf } from "./named-values.ts";

/**
 * @param places where tests say what they expect, or only talk of it.
 * @returns those of `names` that are used nowhere else: the code under test is given nothing of what they stand for.
 */
export function onlyExpected(
  program: Node,
  names: Iterable<string>,
  places: ReadonlySet<Node>,
): ReadonlySet<string> {
  const left = new Set(names);
  const rows = new Set([...left].filter((name) => name.includes(".")).map((name) => name.split(".")[0]));
  const visit = (node: Node): void => {
    if (places.has(node)) return;
    const name = nameOf(node);
    if (name === null || (node.type !== "Identifier" && !rows.has(name.split(".")[0]))) {
      for (const child of usesIn(node)) visit(child);
      return;
    }
    for (const one of left) if (one === name || one.startsWith(`${name}.`)) left.delete(one);
  };
  visit(program);
  return left;
}

/** The parts of a node that may use a value: not the names that it declares or gives to members. */
function usesIn(node: Node): Node[] {
  const { type, key, property, computed, id, params, left } = node;
  const declared = [
    ...(type === "VariableDeclarator" ? [id] : []),
    ...(type === "ForOfStatement" ? [left] : []),
    ...(Array.isArray(params) ? params : []),
  ].filter((pattern) => isNode(pattern) && !hasDefault(pattern));
  const isMember = type === "MemberExpression" && computed !== true;
  const isKey = type === "ObjectProperty" && computed !== true && node.shorthand !== true;
  const skipped = new Set<unknown>([...declared, isMember && property, isKey && key]);
  return childrenOf(node).filter((child) => !skipped.has(child));
}

const hasDefault = (node: Node): boolean =>
  node.type === "AssignmentPattern" || childrenOf(node).some(hasDefault);
