import { type Replacement, replaceAll } from "../altered/literal.ts";
import { childrenOf, isNode, isTypeScript, type Node, parseUnit, type Unit } from "../javascript-nodes.ts";
import { counterparts } from "./function-names.ts";
import { canBeVoided, changedStatements, voided, voidedValues } from "./hollow-values.ts";
import type { Hollowed, HollowMode } from "./hollowed.ts";
import { frameOf, functionsOf, isFunction, textOf } from "./javascript-functions.ts";
import { unexpectedOf } from "./javascript-kinds.ts";

/**
 * JavaScript and TypeScript. A function counts as changed where the base has none of the same text.
 * @returns null also where nothing can be taken out and something changed: then the file is as it was on the base.
 */
export function hollowJavaScript(
  extension: string,
  base: string,
  result: string,
  mode: HollowMode,
): Hollowed | null {
  const [before, after] = [parseUnit(extension, base), parseUnit(extension, result)];
  if (!before || !after) return null;
  // Whoever calls it would otherwise not compile, and fail without having been run.
  const typed = isTypeScript(extension);
  const known = functionsOf(before.program);
  const same = new Set(known.map((node) => textOf(before, node)));
  const frames = new Set(known.map((node) => frameOf(before, node)));
  const acting = changedStatements(before, after);
  const was = mode === "idle" ? new Map<Node, Node>() : counterparts(before.program, after.program);
  const bodies = changedBodies(after, after.program, same, frames).flatMap((node) => {
    const old = was.get(node);
    if (old === undefined) return [...unassigned(node), cutOf(after, node, endingOf(node, typed))];
    return mode === "thrown" || old.type !== node.type
      ? cutOf(after, node, { first: 'throw new Error("taken out");' })
      : { start: node.start, end: node.end, by: textOf(before, old) };
  });
  const cuts = outermost([
    ...(mode === "reverted" ? [] : voidedValues(after, acting, nothingIn(typed))),
    ...bodies,
  ]);
  if (cuts.length === 0 && !acting.every(canBeVoided)) return null;
  return { text: replaceAll(after.text, cuts), taken: cuts.length };
}

/** A function that changed only in a function inside it is not taken out; that one is. */
function changedBodies(unit: Unit, node: Node, same: Set<string>, frames: Set<string>): Node[] {
  return childrenOf(node).flatMap((child) => {
    if (!isFunction(child)) return changedBodies(unit, child, same, frames);
    if (same.has(textOf(unit, child))) return [];
    return frames.has(frameOf(unit, child)) ? changedBodies(unit, child, same, frames) : [child];
  });
}

interface Ending {
  /** The statement that comes first. */
  readonly first: string;
  /** What the function gives, where it is a single expression; by `first` alone otherwise. */
  readonly gives?: { readonly nothing: string; readonly instead: string | null };
}

/** It returns at once: something of the kind that it is known to give, or nothing. */
function endingOf(node: Node, typed: boolean): Ending {
  const instead = unexpectedOf(node);
  const value = `${instead ?? "void 0"}${typed ? " as any" : ""}`;
  return {
    first: instead === null && !typed ? "return;" : `return ${value};`,
    gives: { nothing: nothingIn(typed), instead },
  };
}

const nothingIn = (typed: boolean) => (typed ? "void 0 as any" : "void 0");

/** `constructor(readonly id: string)` gives a field its value without a body: the field stays, the value doesn't. */
function unassigned(node: Node): Replacement[] {
  const named = (node.params as Node[]).flatMap(({ type, start, parameter }) =>
    type === "TSParameterProperty" && isNode(parameter) ? [{ start, parameter }] : [],
  );
  return named.flatMap(({ start, parameter }) => {
    const { name } = isNode(parameter.left) ? parameter.left : parameter;
    return [
      { start: node.start, end: node.start, by: `${name}!: any; ` },
      { start, end: parameter.start, by: "" },
    ];
  });
}

/** What stood in a body still stands there, so that looking at text finds it; but nothing of it is done. */
function cutOf(unit: Unit, node: Node, { first, gives }: Ending): Replacement {
  const body = node.body as Node;
  const { start, end } = body;
  if (body.type === "BlockStatement") {
    const derived = node.type === "ClassMethod" && node.kind === "constructor" && callsSuper(body);
    const before = derived ? `super(...arguments); ${first}` : first;
    return { start, end, by: `{ ${before}${textOf(unit, body).slice(1)}` };
  }
  if (gives === undefined) return { start, end, by: `{ ${first} (${textOf(unit, body)}); }` };
  const none = voided(unit, body, gives.nothing);
  return gives.instead === null ? none : { ...none, by: `(${none.by} || ${gives.instead})` };
}

function callsSuper(node: Node): boolean {
  return childrenOf(node).some((child) => child.type === "Super" || callsSuper(child));
}

/** In order, without those inside of others. */
function outermost(cuts: readonly Replacement[]): Replacement[] {
  const sorted = [...cuts].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Replacement[] = [];
  for (const cut of sorted) if (cut.start >= (kept.at(-1)?.end ?? 0)) kept.push(cut);
  return kept;
}
