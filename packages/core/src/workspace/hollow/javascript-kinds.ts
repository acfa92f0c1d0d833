/** Which kind of value a function of JavaScript or TypeScript gives, as far as its text says. */
import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { isFunction } from "./javascript-functions.ts";

type Kind = "number" | "string" | "list" | "object";

/** What nobody expects, of each kind: a test that only asks for the kind passes with it. */
const UNEXPECTED: Readonly<Record<Kind, string>> = {
  number: "NaN",
  string: '"\\u0001"',
  list: '["\\u0001"]',
  object: '({ "\\u0001": 1 })',
};

/** By names of sources, some of which (`toString`) every object has: maps, and no objects. */
const METHODS = new Map<string, Kind>([
  ...namedBy("string", "join", "trim", "toLowerCase", "toUpperCase", "replace", "replaceAll"),
  ...namedBy("string", "padStart", "padEnd", "repeat", "toFixed"),
  ...namedBy("list", "split", "map", "filter", "flatMap"),
  ...namedBy("number", "indexOf", "getTime"),
]);
const CALLS = new Map<string, Kind>([
  ...namedBy("number", "Number", "parseInt", "parseFloat"),
  ...namedBy("string", "String"),
]);
const LITERALS = new Map<string, Kind>([
  ...namedBy("number", "NumericLiteral"),
  ...namedBy("string", "StringLiteral", "TemplateLiteral"),
  ...namedBy("list", "ArrayExpression"),
  ...namedBy("object", "ObjectExpression"),
]);

function namedBy(kind: Kind, ...names: string[]): [string, Kind][] {
  return names.map((name) => [name, kind]);
}

/** An expression for what a function gives at once; null where nothing is known, or nothing is given. */
export function unexpectedOf(node: Node): string | null {
  if (node.generator === true || node.kind === "constructor" || node.kind === "set") return null;
  const annotation = isNode(node.returnType) ? node.returnType.typeAnnotation : null;
  if (isNode(annotation)) return ofType(annotation, node.async === true);
  const kinds = new Set(
    returned(node.body as Node).flatMap((value) => (isNothing(value) ? [] : [kindOf(value)])),
  );
  const [kind] = kinds;
  return kind && kinds.size === 1 ? UNEXPECTED[kind] : null;
}

function ofType(type: Node, isAsync: boolean): string | null {
  if (type.type === "TSUnionType")
    return (type.types as Node[]).map((one) => ofType(one, isAsync)).find((one) => one !== null) ?? null;
  const name = isNode(type.typeName) ? type.typeName.name : null;
  const inner = [type.typeParameters, type.typeArguments].find(isNode)?.params as Node[] | undefined;
  if (name === "Promise" && inner?.[0]) {
    const value = ofType(inner[0], false);
    return isAsync || value === null ? value : `Promise.resolve(${value})`;
  }
  if (name === "Array" || name === "ReadonlyArray") return UNEXPECTED.list;
  switch (type.type) {
    case "TSNumberKeyword":
      return UNEXPECTED.number;
    case "TSStringKeyword":
      return UNEXPECTED.string;
    case "TSArrayType":
    case "TSTupleType":
      return UNEXPECTED.list;
    case "TSTypeLiteral":
      return UNEXPECTED.object;
    case "TSTypeOperator":
      return isNode(type.typeAnnotation) ? ofType(type.typeAnnotation, isAsync) : null;
    default:
      return null;
  }
}

/** What a function gives, by its single expression or in its statements. */
function returned(body: Node): Node[] {
  return body.type === "BlockStatement" ? returnsIn(body) : [body];
}

function returnsIn(node: Node): Node[] {
  if (node.type === "ReturnStatement") return isNode(node.argument) ? [node.argument] : [];
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [] : returnsIn(child)));
}

const isNothing = (value: Node) =>
  value.type === "NullLiteral" || (value.type === "Identifier" && value.name === "undefined");

function kindOf(value: Node): Kind | null {
  const callee = isNode(value.callee) ? value.callee : null;
  const nameOf = (node: unknown) => (isNode(node) && typeof node.name === "string" ? node.name : "");
  switch (value.type) {
    case "AwaitExpression":
      return isNode(value.argument) ? kindOf(value.argument) : null;
    case "BinaryExpression":
      return ofOperation(value);
    case "UnaryExpression":
      return value.operator === "-" || value.operator === "+" ? "number" : null;
    case "ConditionalExpression": {
      const [one, other] = [value.consequent, value.alternate].map((node) =>
        isNode(node) ? kindOf(node) : null,
      );
      return one === other ? (one ?? null) : null;
    }
    case "MemberExpression":
      return nameOf(value.property) === "length" ? "number" : null;
    case "CallExpression":
      if (callee?.type !== "MemberExpression") return CALLS.get(nameOf(callee)) ?? null;
      return nameOf(callee.object) === "Math" ? "number" : (METHODS.get(nameOf(callee.property)) ?? null);
    default:
      return LITERALS.get(value.type) ?? null;
  }
}

function ofOperation({ operator, left, right }: Node): Kind | null {
  if (["-", "*", "/", "%", "**"].includes(String(operator))) return "number";
  if (operator !== "+") return null;
  const kinds = [left, right].map((node) => (isNode(node) ? kindOf(node) : null));
  if (kinds.includes("string")) return "string";
  return kinds.every((kind) => kind === "number") ? "number" : null;
}
