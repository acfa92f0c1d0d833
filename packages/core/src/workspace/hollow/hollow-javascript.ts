import { childrenOf, isNode, type Node, parseUnit, type Unit } from "../javascript-nodes.ts";
import { counterparts } from "./function-names.ts";
import type { Hollowed, HollowMode } from "./hollowed.ts";

/** A stretch of the text and what stands there instead. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ObjectMethod",
  "ClassMethod",
  "ClassPrivateMethod",
]);
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
  "EmptyStatement",
  "Identifier",
]);

/** JavaScript and TypeScript. A function counts as changed where the base has none of the same text. */
export function hollowJavaScript(
  extension: string,
  base: string,
  result: string,
  mode: HollowMode,
): Hollowed | null {
  const [before, after] = [parseUnit(extension, base), parseUnit(extension, result)];
  if (!before || !after) return null;
  const known = functionsOf(before.program);
  const same = new Set(known.map((node) => textOf(before, node)));
  const frames = new Set(known.map((node) => frameOf(before, node)));
  const acting = changedStatements(before, after);
  const was = mode === "idle" ? new Map<Node, Node>() : counterparts(before.program, after.program);
  const bodies = changedBodies(after, after.program, same, frames).map((node) => {
    const old = was.get(node);
    if (old === undefined) return cutOf(after, node, "return;");
    return mode === "thrown" || old.type !== node.type
      ? cutOf(after, node, 'throw new Error("taken out");')
      : { start: node.start, end: node.end, by: textOf(before, old) };
  });
  const cuts = outermost([...(mode === "reverted" ? [] : voidedValues(after, acting)), ...bodies]);
  return {
    text: applyCuts(after.text, 0, after.text.length, cuts),
    taken: cuts.length,
    otherChanges: !acting.every(canBeVoided),
  };
}

/** Constants without a value, and blocks that do nothing. */
function voidedValues(unit: Unit, acting: readonly Node[]): Cut[] {
  const values = acting.flatMap((statement) => valuesOf(statement));
  const blocks = acting.filter(
    (statement) => BLOCKS.has(statement.type) && functionsOf(statement).length === 0,
  );
  const skipped = blocks.map((node) => ({ start: node.start, end: node.start, by: "if (false) " }));
  return [...values.map((node) => voided(unit, node)), ...skipped];
}

const isFunction = (node: Node) => FUNCTIONS.has(node.type) && isNode(node.body);

function functionsOf(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => [...(isFunction(child) ? [child] : []), ...functionsOf(child)]);
}

const textOf = ({ text }: Unit, node: Node) => text.slice(node.start, node.end);

/** Its text with the bodies of the functions in it taken out: what it does itself. */
function frameOf(unit: Unit, node: Node): string {
  const inner = outermostFunctions(isFunction(node) ? (node.body as Node) : node);
  return applyCuts(
    unit.text,
    node.start,
    node.end,
    inner.map(({ body }) => ({ start: (body as Node).start, end: (body as Node).end, by: "{}" })),
  );
}

function outermostFunctions(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [child] : outermostFunctions(child)));
}

/** A function that changed only in a function inside it is not taken out; that one is. */
function changedBodies(unit: Unit, node: Node, same: Set<string>, frames: Set<string>): Node[] {
  return childrenOf(node).flatMap((child) => {
    if (!isFunction(child)) return changedBodies(unit, child, same, frames);
    if (same.has(textOf(unit, child))) return [];
    return frames.has(frameOf(unit, child)) ? changedBodies(unit, child, same, frames) : [child];
  });
}

/** What stood in a body still stands there, so that looking at text finds it; but nothing of it is done. */
function cutOf(unit: Unit, node: Node, first: "return;" | 'throw new Error("taken out");'): Cut {
  const body = node.body as Node;
  const { start, end } = body;
  if (body.type === "BlockStatement") {
    const derived = node.type === "ClassMethod" && node.kind === "constructor" && callsSuper(body);
    const before = derived ? `super(...arguments); ${first}` : first;
    return { start, end, by: `{ ${before}${textOf(unit, body).slice(1)}` };
  }
  return first === "return;"
    ? voided(unit, body)
    : { start, end, by: `{ ${first} (${textOf(unit, body)}); }` };
}

function voided(unit: Unit, node: Node): Cut {
  return { start: node.start, end: node.end, by: `(void 0 && (${textOf(unit, node)}))` };
}

function callsSuper(node: Node): boolean {
  return childrenOf(node).some((child) => child.type === "Super" || callsSuper(child));
}

/** In order, without those inside of others. */
function outermost(cuts: readonly Cut[]): Cut[] {
  const sorted = [...cuts].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Cut[] = [];
  for (const cut of sorted) if (cut.start >= (kept.at(-1)?.end ?? 0)) kept.push(cut);
  return kept;
}

function applyCuts(text: string, start: number, end: number, cuts: readonly Cut[]): string {
  let at = start;
  let out = "";
  for (const cut of cuts) {
    out += text.slice(at, cut.start) + cut.by;
    at = cut.end;
  }
  return out + text.slice(at, end);
}

/** Top-level statements that act (a constant, a table, a call) and are new or differ outside functions. */
function changedStatements(before: Unit, after: Unit): Node[] {
  const known = new Set((before.program.body as Node[]).map((statement) => frameOf(before, statement)));
  return (after.program.body as Node[]).filter(
    (statement) => !isPassive(statement) && !known.has(frameOf(after, statement)),
  );
}

/** What a statement gives its names, or does. */
function valuesOf(statement: Node): Node[] {
  const nodes = (value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode);
  switch (statement.type) {
    case "VariableDeclaration":
      return nodes(statement.declarations)
        .flatMap(({ init }) => nodes(init))
        .filter((init) => !isPassive(init));
    case "ExportNamedDeclaration":
      return nodes(statement.declaration).flatMap(valuesOf);
    case "ExportDefaultDeclaration":
      return nodes(statement.declaration).flatMap((node) => (isClass(node) ? valuesOf(node) : [node]));
    case "ExpressionStatement":
      return nodes(statement.expression);
    case "ClassDeclaration":
    case "ClassExpression":
      return nodes((statement.body as Node).body).flatMap((member) =>
        isFunction(member) ? [] : nodes(member.value).filter((value) => !isPassive(value)),
      );
    default:
      return [];
  }
}

const isClass = ({ type }: Node) => type === "ClassDeclaration" || type === "ClassExpression";

const canBeVoided = (statement: Node): boolean =>
  BLOCKS.has(statement.type) || valuesOf(statement).length > 0;

function isPassive(node: Node): boolean {
  if (PASSIVE.has(node.type) || isFunction(node)) return true;
  if (isClass(node))
    return ((node.body as Node).body as Node[]).every(
      (member) => isFunction(member) || !isNode(member.value) || isPassive(member.value),
    );
  if (node.type === "ObjectExpression")
    return (node.properties as Node[]).every(
      (property) => isFunction(property) || (isNode(property.value) && isPassive(property.value)),
    );
  if (node.type === "VariableDeclaration")
    return (node.declarations as Node[]).every(({ init }) => !isNode(init) || isPassive(init));
  if (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration")
    return !isNode(node.declaration) || isPassive(node.declaration);
  // Exports of CommonJS.
  if (node.type === "ExpressionStatement") return isNode(node.expression) && isPassive(node.expression);
  if (node.type === "AssignmentExpression")
    return (
      isNode(node.right) &&
      isPassive(node.right) &&
      isNode(node.left) &&
      node.left.type === "MemberExpression"
    );
  return false;
}
