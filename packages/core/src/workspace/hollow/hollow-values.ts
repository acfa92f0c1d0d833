/** What stands outside functions in JavaScript and TypeScript, and changed: what of it can be taken out, and how. */
import { otherText, type Replacement } from "../altered/literal.ts";
import { isNode, type Node, type Unit } from "../javascript-nodes.ts";
import { frameOf, functionsOf, isFunction, textOf } from "./javascript-functions.ts";

/** Of these nothing is done; where functions stand in them, these do nothing instead. */
const BLOCKS = new Set([
  "IfStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "SwitchStatement",
  "TryStatement",
  "ThrowStatement",
  "BlockStatement",
  "LabeledStatement",
]);
/** Of these a difference is none of behaviour, or is one of the functions that they name. */
const PASSIVE = new Set([
  "ImportDeclaration",
  "ExportAllDeclaration",
  "FunctionDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSImportEqualsDeclaration",
  "EmptyStatement",
  "DebuggerStatement",
  "Identifier",
]);
/** What only says of which type a value is. */
const TYPED = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion"]);
/** What these give may be a function. */
const GIVING = new Set([
  "CallExpression",
  "OptionalCallExpression",
  "MemberExpression",
  "OptionalMemberExpression",
  "TaggedTemplateExpression",
]);

/** Top-level statements that act (a constant, a table, a call) and are new or differ outside functions. */
export function changedStatements(before: Unit, after: Unit): Node[] {
  const known = new Set((before.program.body as Node[]).map((statement) => frameOf(before, statement)));
  return (after.program.body as Node[]).filter(
    (statement) => !isPassive(statement) && !known.has(frameOf(after, statement)),
  );
}

export const canBeVoided = (statement: Node): boolean =>
  BLOCKS.has(statement.type) || valuesOf(statement).length > 0;

/** Constants without a value, and blocks that do nothing. */
export function voidedValues(unit: Unit, acting: readonly Node[], nothing: string): Replacement[] {
  const blocks = acting.filter(
    (statement) => BLOCKS.has(statement.type) && functionsOf(statement).length === 0,
  );
  const skipped = blocks.map((node) => ({ start: node.start, end: node.start, by: "if (false) " }));
  return [...acting.flatMap(valuesOf).flatMap((value) => withoutValue(unit, value, nothing)), ...skipped];
}

/**
 * No value, with its text behind, so that looking for it finds it.
 * @param nothing an expression that gives `undefined`
 */
export function voided(unit: Unit, node: Node, nothing: string): Replacement {
  return { start: node.start, end: node.end, by: `(${nothing} && (${textOf(unit, node)}))` };
}

/**
 * What is or may be a function stays one, and does nothing; of what holds functions, all else has no value. Otherwise a
 * test that a stub is there would fail here, as if it had looked at what that does.
 */
function withoutValue(unit: Unit, value: Node, nothing: string): Replacement[] {
  if (value.type === "TSEnumMember") return [otherMember(value)];
  if (isPassive(value)) return [];
  const holds = functionsOf(value).length > 0;
  const parts = holds ? partsOf(value) : [];
  if (parts.length > 0) return parts.flatMap((part) => withoutValue(unit, part, nothing));
  const none = voided(unit, value, nothing);
  // Of what is nothing already, that would change nothing.
  if (value.type === "NullLiteral" || value.value === false) return [{ ...none, by: `(${none.by} || true)` }];
  return [holds || GIVING.has(value.type) ? { ...none, by: `(${none.by} || function () {})` } : none];
}

/** No code counts so far. */
const UNLIKELY = 7_340_033;

/** Compilers want constants for these: another number, or another text. */
function otherMember(member: Node): Replacement {
  const [value] = nodesOf(member.initializer);
  if (value?.type !== "StringLiteral")
    return {
      start: member.end,
      end: member.end,
      by: value ? ` + ${UNLIKELY}` : ` = ${UNLIKELY + member.start}`,
    };
  return { start: value.start, end: value.end, by: JSON.stringify(otherText(String(value.value))) };
}

/** What a list, a table or a choice is made of. */
function partsOf(value: Node): Node[] {
  switch (value.type) {
    case "ObjectExpression":
      return nodesOf(value.properties).flatMap((one) => (isFunction(one) ? [one] : nodesOf(one.value)));
    case "ArrayExpression":
      return nodesOf(value.elements).filter(({ type }) => type !== "SpreadElement");
    case "ConditionalExpression":
      return [...nodesOf(value.consequent), ...nodesOf(value.alternate)];
    case "LogicalExpression":
      return [...nodesOf(value.left), ...nodesOf(value.right)];
    default:
      return TYPED.has(value.type) ? nodesOf(value.expression) : [];
  }
}

const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);

/** What a statement gives its names, or does. */
function valuesOf(statement: Node): Node[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return nodesOf(statement.declarations)
        .flatMap(({ init }) => nodesOf(init))
        .filter((init) => !isPassive(init));
    case "ExportNamedDeclaration":
      return nodesOf(statement.declaration).flatMap(valuesOf);
    case "ExportDefaultDeclaration":
      return nodesOf(statement.declaration).flatMap((node) => (isClass(node) ? valuesOf(node) : [node]));
    case "ExpressionStatement":
      return nodesOf(statement.expression).flatMap((node) => (isNaming(node) ? nodesOf(node.right) : [node]));
    case "TSExportAssignment":
      return nodesOf(statement.expression);
    case "TSEnumDeclaration":
      return nodesOf(statement.members);
    case "ClassDeclaration":
    case "ClassExpression":
      return nodesOf((statement.body as Node).body).flatMap((member) =>
        isFunction(member) ? [] : nodesOf(member.value).filter((value) => !isPassive(value)),
      );
    default:
      return [];
  }
}

const isClass = ({ type }: Node) => type === "ClassDeclaration" || type === "ClassExpression";

/** Exports of CommonJS, and what else is given to a name of something. */
const isNaming = ({ type, left, operator }: Node) =>
  type === "AssignmentExpression" && operator === "=" && isNode(left) && left.type === "MemberExpression";

/** Which module is taken is no behaviour. */
function isRequire({ type, callee, object }: Node): boolean {
  if (type === "MemberExpression") return isNode(object) && isRequire(object);
  return (
    type === "CallExpression" && isNode(callee) && callee.type === "Identifier" && callee.name === "require"
  );
}

function isPassive(node: Node): boolean {
  if (PASSIVE.has(node.type) || isFunction(node) || isRequire(node)) return true;
  if (TYPED.has(node.type)) return nodesOf(node.expression).every(isPassive);
  if (isClass(node))
    return nodesOf((node.body as Node).body).every(
      (member) => isFunction(member) || nodesOf(member.value).every(isPassive),
    );
  if (node.type === "ObjectExpression")
    return nodesOf(node.properties).every(
      (property) => isFunction(property) || (isNode(property.value) && isPassive(property.value)),
    );
  if (node.type === "VariableDeclaration")
    return nodesOf(node.declarations).every(({ init }) => nodesOf(init).every(isPassive));
  if (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration")
    return nodesOf(node.declaration).every(isPassive);
  if (node.type === "ExpressionStatement") return nodesOf(node.expression).every(isPassive);
  return isNaming(node) && nodesOf(node.right).every(isPassive);
}
