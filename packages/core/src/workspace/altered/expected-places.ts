import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { otherValue } from "./other-value.ts";
import { hasPart, isFunction, isOfTest, rootOf } from "./under-test.ts";

/** What assertion libraries call "is equal to", in whatever style; `not` before it makes it another thing, and so does `contain`. */
const EQUALITY =
  /^(?!.*(?:not|contain))(?:\w*equals?|eql?|is|same|to_?be|tobecloseto|tomatchinlinesnapshot|tohavelength|lengthof|tohavebeencalledtimes|tomatchobject)$/i;

/** What stands where a test says what it expects, once for each comparison. */
export interface ExpectedPlaces {
  /** Literals, and names that may stand for some. */
  readonly values: readonly Node[];
  /** What is said when it fails, or titles: nothing depends on them. */
  readonly messages: readonly Node[];
}

/**
 * @param underTest names whose functions and methods are the code under test, however they are called.
 * @param isNamed whether a node is a name that stands for something that can be altered.
 */
export function expectedPlaces(
  program: Node,
  underTest: ReadonlySet<string>,
  isNamed: (node: Node) => boolean,
): ExpectedPlaces {
  /** The side that is expected: the last one that can be altered. */
  const expectedOf = (sides: readonly Node[]) =>
    sides.findLast((side) => isNamed(side) || otherValue(side).length > 0) ?? null;
  const values: Node[] = [];
  const messages: Node[] = [];
  const visit = (node: Node): void => {
    const args = node.type === "CallExpression" ? (node.arguments as unknown[]).filter(isNode) : [];
    if (isTitled(node.callee) && args[0]) messages.push(args[0]);
    const places = isOfTest(node.callee, underTest) ? placesOf(node.callee, args, expectedOf) : [];
    values.push(...places);
    if (places.length > 0) messages.push(...args.slice(isEquality(node.callee) ? 2 : 1));
    // Altered once is enough: what is compared inside of it as well would turn the outcome round again.
    for (const inner of places.length > 0 ? functionsIn(node) : childrenOf(node)) visit(inner);
  };
  visit(program);
  return { values, messages };
}

/** Of `equal(actual, "x")`, `expect(actual).toBe("x")`, and `ok(actual === "x" && …)`. */
function placesOf(
  callee: unknown,
  args: readonly Node[],
  expectedOf: (sides: readonly Node[]) => Node | null,
): Node[] {
  // A third argument is what to say when it fails.
  const own = isEquality(callee) ? expectedOf(args.slice(0, 2)) : null;
  if (own) return [own];
  return args.flatMap(conjuncts).flatMap(({ type, operator, left, right }) => {
    const isEqual = type === "BinaryExpression" && (operator === "===" || operator === "==");
    return (isEqual && expectedOf([left, right].filter(isNode))) || [];
  });
}

function conjuncts(node: Node): Node[] {
  const { type, operator, left, right } = node;
  const isBoth = type === "LogicalExpression" && operator === "&&";
  return isBoth ? [left, right].filter(isNode).flatMap(conjuncts) : [node];
}

function isEquality(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === "Identifier") return EQUALITY.test(String(callee.name));
  if (callee.type !== "MemberExpression" || callee.computed === true || !isNode(callee.property))
    return false;
  return EQUALITY.test(String(callee.property.name)) && !hasPart(callee.object, /^not$/);
}

const isTitled = (callee: unknown) => /^(?:test|it|describe|suite)$/.test(rootOf(callee) ?? "");

const functionsIn = (node: Node): Node[] =>
  childrenOf(node).flatMap((child) => (isFunction(child) ? [child] : functionsIn(child)));
