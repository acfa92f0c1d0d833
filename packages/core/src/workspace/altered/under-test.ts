import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";

/** Modules of the project: by a path, or by what bundlers and `imports` of package.json make one of. */
const OF_PROJECT = /^(?:[./#]|[@~]\/)/;
const FUNCTION =
  /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration|ObjectMethod|ClassMethod)$/;

export const isFunction = (node: Node): boolean => FUNCTION.test(node.type);

/**
 * @returns the names in a test file that stand for the code under test, or for what it gave: imports from the project,
 * and whatever is made with one. A function that uses them is the test's own.
 */
export function namesUnderTest(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const bindings = bindingsIn(program, names);
  // What is made of a name may stand before it in the text; each round finds at least one more.
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const [target, from] of bindings)
      if (mentions(from, names)) for (const name of namesOf(target)) names.add(name);
  }
  return names;
}

/** @returns what a chain of calls and members starts with: `expect` of `expect(f()).to.equal`. */
export function rootOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Identifier") return String(node.name);
  return rootOf(node.object ?? node.callee ?? node.argument ?? node.expression);
}

/** Whether it is the test that compares: a method of what the code under test gave is that code, but for `x.should.equal`. */
export function isOfTest(callee: unknown, underTest: ReadonlySet<string>): boolean {
  return !underTest.has(rootOf(callee) ?? "") || hasPart(callee, /^(?:should|must)$/);
}

export function hasPart(node: unknown, name: RegExp): boolean {
  if (!isNode(node)) return false;
  if (node.type === "MemberExpression" && isNode(node.property) && name.test(String(node.property.name)))
    return true;
  return hasPart(node.object ?? node.callee, name);
}

/** Fills in what is imported from the project. @returns pairs of a pattern and what it gets its value from. */
function bindingsIn(node: Node, imported: Set<string>): [Node, Node][] {
  const own: [Node, Node][] = [];
  const bind = (target: unknown, from: unknown) => {
    if (isNode(target) && isNode(from)) own.push([target, from]);
  };
  if (node.type === "ImportDeclaration" && isOfProject(node.source))
    for (const specifier of (node.specifiers as unknown[]).filter(isNode))
      for (const name of namesOf(specifier.local)) imported.add(name);
  if (node.type === "VariableDeclarator") bind(node.id, node.init);
  if (node.type === "AssignmentExpression") bind(node.left, node.right);
  if (node.type === "ForOfStatement") bind(node.left, node.right);
  // What a list of them hands to a callback.
  if (node.type === "CallExpression" && isNode(node.callee))
    for (const callback of (node.arguments as unknown[]).filter(isNode).filter(isFunction))
      for (const param of callback.params as unknown[]) bind(param, node.callee.object);
  return [...own, ...childrenOf(node).flatMap((child) => bindingsIn(child, imported))];
}

const isOfProject = (source: unknown) =>
  isNode(source) && source.type === "StringLiteral" && OF_PROJECT.test(String(source.value));

function mentions(node: Node, names: ReadonlySet<string>): boolean {
  if (isFunction(node)) return false;
  if (node.type === "Identifier") return names.has(String(node.name));
  const [first] = node.type === "CallExpression" ? (node.arguments as unknown[]) : [];
  const { callee } = node;
  const imports = isNode(callee) && (callee.type === "Import" || callee.name === "require");
  if ((imports && isOfProject(first)) || (node.type === "ImportExpression" && isOfProject(node.source)))
    return true;
  return childrenOf(node).some((child) => mentions(child, names));
}

/** The names that a pattern, or a declaration of one, binds. */
function namesOf(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "Identifier":
      return [String(node.name)];
    case "ObjectProperty":
      return namesOf(node.value);
    case "AssignmentPattern":
      return namesOf(node.left);
    case "VariableDeclarator":
      return namesOf(node.id);
    case "MemberExpression":
      return [];
    default:
      return childrenOf(node).flatMap(namesOf);
  }
}
