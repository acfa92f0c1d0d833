import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { otherText, type Replacement } from "./literal.ts";
import { otherPart } from "./other-part.ts";
import { otherValue } from "./other-value.ts";
import { hasPart, isOfTest } from "./under-test.ts";

/** Which of its arguments says what is thrown, by the name of the assertion. */
const THROWS = new Map([
  ["throws", 1],
  ["throwsAsync", 1],
  ["rejects", 1],
  ["assertThrows", 1],
  ["assertRejects", 1],
  ["throw", 0],
  ["toThrow", 0],
  ["toThrowError", 0],
]);

/** `throws(f, RangeError)`, `rejects(f, /x/)`, `expect(f).toThrow("x")`: another error than that is expected. */
export function expectedThrows(node: Node, underTest: ReadonlySet<string>): Replacement[] {
  const own = node.type === "CallExpression" && isOfTest(node.callee, underTest) ? otherError(node) : [];
  return [...own, ...childrenOf(node).flatMap((child) => expectedThrows(child, underTest))];
}

function otherError({ callee, arguments: args }: Node): Replacement[] {
  if (!isNode(callee) || hasPart(callee, /^not$/)) return [];
  const named = callee.type === "MemberExpression" && callee.computed !== true ? callee.property : callee;
  const at = isNode(named) ? THROWS.get(String(named.name)) : undefined;
  const error = at === undefined ? null : (args as unknown[])[at];
  if (!isNode(error)) return [];
  const { start, end } = error;
  if (error.type === "RegExpLiteral") return otherPart(error);
  // No code throws these, and they are no kind of what it throws.
  if (error.type === "Identifier" && /^[A-Z]\w*$/.test(String(error.name)))
    return [{ start, end, by: error.name === "EvalError" ? "URIError" : "EvalError" }];
  if (error.type === "ObjectExpression" && (error.properties as unknown[]).length > 0)
    return otherValue(error);
  // As the second argument a text is what to say when nothing is thrown.
  if (error.type === "StringLiteral" && at === 0)
    return [{ start, end, by: JSON.stringify(otherText(String(error.value))) }];
  return [];
}
