import { childrenOf, isNode, type Node, parseUnit, type Unit } from "../javascript-nodes.ts";
import type { Hollowed } from "./hollowed.ts";

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
export function hollowJavaScript(extension: string, base: string, result: string): Hollowed | null {
  const [before, after] = [parseUnit(extension, base), parseUnit(extension, result)];
  if (!before || !after) return null;
  const known = functionsOf(before.program);
  const same = new Set(known.map((node) => textOf(before, node)));
  const frames = new Set(known.map((node) => frameOf(before, node)));
  const cuts = changedBodies(after, after.program, same, frames);
  return {
    text: applyCuts(after.text, 0, after.text.length, cuts),
    taken: cuts.length,
    otherChanges: hasOtherChanges(before, after),
  };
}

const isFunction = (node: Node) => FUNCTIONS.has(node.type) && isNode(node.body);

function functionsOf(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => [...(isFunction(child) ? [child] : []), ...functionsOf(child)]);
}

const textOf = ({ text }: Unit, node: Node) => text.slice(node.start, node.end);

/** Its text with the bodies of the functions in it taken out: what it does itself. */
function frameOf(unit: Unit, node: Node): string {
  const inner = outermostFunctions(isFunction(node) ? (node.body as Node) : node);
  return applyCuts(unit.text, node.start, node.end, inner.map(cutOf));
}

function outermostFunctions(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [child] : outermostFunctions(child)));
}

/** A function that changed only in a function inside it is not taken out; that one is. */
function changedBodies(unit: Unit, node: Node, same: Set<string>, frames: Set<string>): Cut[] {
  return childrenOf(node).flatMap((child) => {
    if (!isFunction(child)) return changedBodies(unit, child, same, frames);
    if (same.has(textOf(unit, child))) return [];
    return frames.has(frameOf(unit, child)) ? changedBodies(unit, child, same, frames) : [cutOf(child)];
  });
}

function cutOf(node: Node): Cut {
  const body = node.body as Node;
  const derived = node.type === "ClassMethod" && node.kind === "constructor" && callsSuper(body);
  const block = derived ? "{ super(...arguments); }" : "{}";
  return { start: body.start, end: body.end, by: body.type === "BlockStatement" ? block : "(void 0)" };
}

function callsSuper(node: Node): boolean {
  return childrenOf(node).some((child) => child.type === "Super" || callsSuper(child));
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

/** Whether a top-level statement that acts (a constant, a table, a call) is new or differs outside functions. */
function hasOtherChanges(before: Unit, after: Unit): boolean {
  const known = new Set((before.program.body as Node[]).map((statement) => frameOf(before, statement)));
  return (after.program.body as Node[]).some(
    (statement) => !isPassive(statement) && !known.has(frameOf(after, statement)),
  );
}

function isPassive(node: Node): boolean {
  if (PASSIVE.has(node.type) || isFunction(node)) return true;
  if (node.type === "ClassDeclaration" || node.type === "ClassExpression")
    return ((node.body as Node).body as Node[]).every(
      (member) => isFunction(member) || !isNode(member.value),
    );
  if (node.type === "VariableDeclaration")
    return (node.declarations as Node[]).every(({ init }) => !isNode(init) || isPassive(init));
  if (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration")
    return !isNode(node.declaration) || isPassive(node.declaration);
  return false;
}
