import type { Hollowed, HollowMode } from "./hollowed.ts";
import {
  blockAt,
  bodyAt,
  bodyStart,
  CLASS,
  CLAUSE,
  counterparts,
  DEF,
  type Def,
  defsOf,
  frameOf,
  indentOf,
  isBlank,
  type Line,
  logicalLines,
  MAIN,
  statementsOf,
  textOf,
} from "./python-blocks.ts";
import { unexpectedOf } from "./python-kinds.ts";

/** Python, by its indentation. A function counts as changed where the base has none of the same text. */
export function hollowPython(base: string, result: string, mode: HollowMode): Hollowed | null {
  const [before, after] = [logicalLines(base), logicalLines(result)];
  if (!before || !after) return null;
  const same = new Set(defsOf(before).map(textOf));
  const frames = new Set(defsOf(before).map(frameOf));
  const known = new Set(statementsOf(before).map(({ text }) => text));
  const acting = new Set(statementsOf(after).filter(({ text }) => !known.has(text)));
  const was = mode === "idle" ? new Map<Line, Def>() : counterparts(before, after);
  const { lines, taken } = takeOut(after, {
    same,
    frames,
    acting: mode === "reverted" ? new Set() : acting,
    was,
    mode,
  });
  return { text: `${lines.join("\n")}\n`, taken };
}

/** `NAME = value`, also with a type; whatever stands behind the sign goes on to the end of the logical line. */
const VALUE = /^(\s*[\w.]+(?:\s*:[^=\n]+)?\s*=)(?!=)([\s\S]*)$/;
/** What a try of an import is made of. */
const IMPORTING = /^\s*(?:try\b|except\b|else\b|finally\b|import\b|from\b|pass\b|\w+\s*=\s*None\s*$)/;

const LAMBDA = /^\s*lambda\b/;

interface TakingOut {
  readonly same: ReadonlySet<string>;
  readonly frames: ReadonlySet<string>;
  readonly acting: ReadonlySet<Line>;
  /** Functions of the base of the same name. */
  readonly was: ReadonlyMap<Line, Def>;
  readonly mode: HollowMode;
}

/** What stood in a body still stands there, so that looking at text finds it; but nothing of it is done. */
function takeOut(lines: readonly Line[], { same, frames, acting, was, mode }: TakingOut) {
  const out: string[] = [];
  let taken = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) continue;
    if (MAIN.test(line.text)) {
      const body = bodyAt(lines, index);
      out.push(line.text, ...body.map(({ text }) => text));
      index += body.length;
      continue;
    }
    if (acting.has(line)) {
      const skipped = withoutEffect(lines, index);
      if (skipped !== null) taken += 1;
      out.push(...(skipped?.text ?? [line.text]));
      index += (skipped?.lines ?? 1) - 1;
      continue;
    }
    const def = DEF.test(line.text) ? { header: line.text, body: bodyAt(lines, index) } : null;
    if (def === null || same.has(textOf(def)) || frames.has(frameOf(def))) {
      out.push(line.text);
      continue;
    }
    taken += 1;
    const old = was.get(line);
    const value = unexpectedOf(def);
    const end = old ? "raise RuntimeError" : value === null ? "return" : `return ${value}`;
    if (old && mode === "reverted") out.push(old.header, ...old.body.map(({ text }) => text));
    else if (def.body.every(isBlank)) out.push(endingAtOnce(line.text, end));
    else out.push(line.text, ...ending(def.body, end));
    index += def.body.length;
  }
  return { lines: out, taken };
}

/** A statement outside functions: a constant without its value, or one that is never come to. @returns null where it stays. */
function withoutEffect(lines: readonly Line[], index: number): { text: string[]; lines: number } | null {
  const line = lines[index];
  if (!line || CLAUSE.test(line.text)) return null;
  const [, name, value] = VALUE.exec(line.text) ?? [];
  const isFallback = /^\s*except\b/.test(lines[index - 1]?.text ?? "");
  if (name !== undefined) return { text: [name + withoutValue(value ?? "", isFallback)], lines: 1 };
  const block = blockAt(lines, index);
  if (!canBeSkipped(block)) return null;
  return {
    text: [`${indentOf(line)}if False:`, ...block.map(({ text }) => ` ${text}`)],
    lines: block.length,
  };
}

/**
 * A function without a name stays one, and returns nothing; what is nothing becomes something, but for what an import
 * falls back to.
 */
function withoutValue(value: string, isFallback: boolean): string {
  if (/^\s*(?:None|False)\s*(?:#|$)/.test(value) && !isFallback) return ` True or (${value}\n)`;
  const start = LAMBDA.test(value) ? (bodyStart(value, value.indexOf("lambda")) ?? 0) : 0;
  return `${value.slice(0, start)} None and (${value.slice(start)}\n)`;
}

/** Functions in it do nothing instead, and which module is imported is no behaviour. */
function canBeSkipped(block: readonly Line[]): boolean {
  if (block.some(({ text }) => DEF.test(text) || CLASS.test(text))) return false;
  return !block.every((line) => isBlank(line) || IMPORTING.test(line.text));
}

/** A function in one line, its body included. */
function endingAtOnce(text: string, by: string): string {
  const start = bodyStart(text, 0) ?? text.length;
  return `${text.slice(0, start)} ${by};${text.slice(start)}`;
}

/** A body that ends before it begins, at the indentation that it has. */
function ending(body: readonly Line[], by: string): string[] {
  const first = body.find((line) => !isBlank(line));
  return [`${first ? indentOf(first) : ""}${by}`, ...body.map(({ text }) => text)];
}
