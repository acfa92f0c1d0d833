import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { type Replacement, stretchesIn } from "./literal.ts";
import { isOfTest } from "./under-test.ts";

/** Assertions of one condition. */
const CONDITION = /^(?:ok|assert|isOk)$/;
/** Assertions whose name says all that they want, and their opposites. */
const OPPOSITES: Readonly<Record<string, string>> = {
  ...{ notOk: "ok", isNotOk: "isOk", true: "false", false: "true", truthy: "falsy", falsy: "truthy" },
  ...{ isTrue: "isNotTrue", isFalse: "isNotFalse", isNull: "isNotNull", isNotNull: "isNull" },
  ...{ isUndefined: "isDefined", isDefined: "isUndefined", doesNotThrow: "throws", doesNotReject: "rejects" },
  ...{ notEqual: "equal", notStrictEqual: "strictEqual", notDeepEqual: "deepEqual" },
  ...{
    notDeepStrictEqual: "deepStrictEqual",
    doesNotMatch: "match",
    notMatch: "match",
    notInclude: "include",
  },
};
/** Matchers without a word of what they expect, such as `expect(…).toBeNull()`. */
const BARE =
  /^toBe(?:Undefined|Defined|Null|Truthy|Falsy|NaN)$|^toHaveBeenCalled(?:Once)?$|^toThrow(?:Error)?$/;

/**
 * What a test wants of a condition, turned round: `ok(f(x))`, `expect(x).toBeNull()`, `expect(x).not.toBe(1)`,
 * `doesNotThrow(f)`.
 * @param altered where something is altered already, or what stands there is: twice would turn it back.
 */
export function expectedTruth(
  program: Node,
  underTest: ReadonlySet<string>,
  altered: readonly Pick<Node, "start">[],
): Replacement[] {
  const alteredIn = stretchesIn(altered);
  const visit = (node: Node): Replacement[] => {
    const isOwn = node.type === "CallExpression" && isOfTest(node.callee, underTest);
    const own = isOwn && alteredIn(node).length === 0 ? turned(node) : [];
    return own.length > 0 ? own : childrenOf(node).flatMap(visit);
  };
  return visit(program);
}

/** That something is more or less says so little that it also holds where nothing is done. */
const isOrder = ({ type, operator }: Node) =>
  type === "BinaryExpression" && /^[<>]=?$/.test(String(operator));

function turned({ callee, arguments: args }: Node): Replacement[] {
  const [first, ...others] = (args as unknown[]).filter(isNode);
  if (!isNode(callee)) return [];
  const isMember = callee.type === "MemberExpression" && callee.computed !== true;
  const named = isMember ? callee.property : callee;
  if (!isNode(named) || typeof named.name !== "string") return [];
  const { name, start, end } = named;
  if (CONDITION.test(name) && first && others.length < 2 && !isOrder(first))
    return [
      { start: first.start, end: first.start, by: "!(" },
      { start: first.end, end: first.end, by: ")" },
    ];
  if (!isMember || !isNode(callee.object)) return [];
  const { object } = callee;
  const isNot =
    object.type === "MemberExpression" && isNode(object.property) && object.property.name === "not";
  if (isNot && isNode(object.object)) return [{ start: object.object.end, end: start, by: "." }];
  if (BARE.test(name) && first === undefined) return [{ start, end: start, by: "not." }];
  const opposite = Object.hasOwn(OPPOSITES, name) ? OPPOSITES[name] : undefined;
  return opposite === undefined || first === undefined ? [] : [{ start, end, by: opposite }];
}
