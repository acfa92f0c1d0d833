import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";

/** The functions of `after` that `before` has by the same name, with those. */
export function counterparts(before: Node, after: Node): ReadonlyMap<Node, Node> {
  const old = new Map([...functionNames(before)].map(([node, name]) => [name, node]));
  return new Map(
    [...functionNames(after)].flatMap(([node, name]) => {
      const was = old.get(name);
      return was ? [[node, was] as const] : [];
    }),
  );
}

/** What a function is called from outside, with what it stands in: `Cache.get`, `parse`, `exports.parse`. Those without a name are left out. */
function functionNames(program: Node): ReadonlyMap<Node, string> {
  const names = new Map<Node, string>();
  visit(program, "", names);
  return names;
}

function visit(node: Node, within: string, names: Map<Node, string>): void {
  for (const child of childrenOf(node)) {
    const name = nameOf(child);
    const path = name === null ? within : `${within}/${name}`;
    const named = functionOf(child);
    if (named !== null && name !== null) names.set(named, path);
    visit(child, path, names);
  }
}

/** The function that a node names: itself, or what it gives to a name. */
function functionOf(node: Node): Node | null {
  if (isNode(node.body) && "params" in node) return node;
  const value = [node.init, node.value, node.right].find(isNode);
  return value !== undefined && isNode(value.body) && "params" in value ? value : null;
}

function nameOf(node: Node): string | null {
  switch (node.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "VariableDeclarator":
      return isNode(node.id) ? textOf(node.id) : "default";
    case "ObjectMethod":
    case "ObjectProperty":
    case "ClassMethod":
    case "ClassPrivateMethod":
    case "ClassProperty": {
      const kind = typeof node.kind === "string" ? node.kind : "";
      return isNode(node.key) ? `${node.static ? "static " : ""}${kind} ${textOf(node.key)}` : null;
    }
    case "AssignmentExpression":
      return isNode(node.left) ? textOf(node.left) : null;
    default:
      return null;
  }
}

/** A name, or names with dots between. */
function textOf(node: Node): string {
  if (typeof node.name === "string") return node.name;
  if (typeof node.value === "string" || typeof node.value === "number") return String(node.value);
  if (isNode(node.id)) return `#${textOf(node.id)}`;
  if (isNode(node.object) && isNode(node.property)) return `${textOf(node.object)}.${textOf(node.property)}`;
  return node.type;
}
