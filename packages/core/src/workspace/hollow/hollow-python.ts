import type { Hollowed, HollowMode } from "./hollowed.ts";

/** A logical line: what stands between two ends of statement, brackets and long strings included. */
interface Line {
  readonly text: string;
  readonly indent: number;
}

interface Def {
  readonly header: string;
  readonly body: readonly Line[];
}

/** Python, by its indentation. A function counts as changed where the base has none of the same text. */
export function hollowPython(base: string, result: string, mode: HollowMode): Hollowed | null {
  const [before, after] = [logicalLines(base), logicalLines(result)];
  if (!before || !after) return null;
  const same = new Set(defsOf(before).map(textOf));
  const frames = new Set(defsOf(before).map(frameOf));
  const known = new Set(statementsOf(before).map(({ text }) => text));
  const acting = new Set(statementsOf(after).filter(({ text }) => !known.has(text)));
  const was = mode === "idle" ? new Map<string, Def>() : defsByName(before);
  const { lines, taken } = takeOut(after, {
    same,
    frames,
    acting: mode === "reverted" ? new Set() : acting,
    was,
    mode,
  });
  return { text: `${lines.join("\n")}\n`, taken, otherChanges: false };
}

const DEF = /^\s*(async\s+)?def\b/;
const CLASS = /^\s*class\b/;
const PASSIVE = /^\s*(import\b|from\b|@|pass\b|"""|'''|"|'|#|$)/;

/** `NAME = value`, also with a type; whatever stands behind the sign goes on to the end of the logical line. */
const VALUE = /^(\s*[\w.]+(?:\s*:[^=\n]+)?\s*=)(?!=)([\s\S]*)$/;
/** A part of a statement that began above it. */
const CLAUSE = /^\s*(?:else|elif|except|finally|case)\b/;
const IMPORTING = /^\s*(?:try\b|except\b|else\b|finally\b|import\b|from\b|pass\b|\w+\s*=\s*None\s*$)/;
const MAIN = /^if\s+__name__\s*==/;

/** @returns null where a string or a bracket is never closed. */
function logicalLines(source: string): Line[] | null {
  const lines: Line[] = [];
  let start = 0;
  let at = 0;
  let depth = 0;
  const push = (end: number) => {
    const text = source.slice(start, end);
    lines.push({ text, indent: /^[ \t]*/.exec(text)?.[0].replaceAll("\t", "        ").length ?? 0 });
    start = end + 1;
  };
  while (at < source.length) {
    const char = source[at] ?? "";
    if (char === "#") at = endOfLine(source, at);
    else if (char === '"' || char === "'") {
      const end = endOfString(source, at);
      if (end === null) return null;
      at = end;
    } else {
      if ("([{".includes(char)) depth += 1;
      if (")]}".includes(char)) depth -= 1;
      if (char === "\n" && depth <= 0) push(at);
      at += char === "\\" ? 2 : 1;
    }
  }
  if (start < source.length) push(source.length);
  return depth === 0 ? lines : null;
}

const endOfLine = (source: string, from: number) => {
  const end = source.indexOf("\n", from);
  return end === -1 ? source.length : end;
};

function endOfString(source: string, from: number): number | null {
  const quote = source[from] ?? "";
  const long = source.startsWith(quote.repeat(3), from);
  const close = long ? quote.repeat(3) : quote;
  for (let at = from + close.length; at < source.length; at += source[at] === "\\" ? 2 : 1) {
    if (source.startsWith(close, at)) return at + close.length;
    if (!long && source[at] === "\n") return null;
  }
  return null;
}

const isBlank = ({ text }: Line) => text.trim() === "" || text.trim().startsWith("#");

/** The lines below `lines[index]`: deeper ones, and blank ones between them. */
function bodyAt(lines: readonly Line[], index: number): Line[] {
  const indent = lines[index]?.indent ?? 0;
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => !isBlank(line) && line.indent <= indent);
  return end === -1 ? rest : rest.slice(0, end);
}

function defsOf(lines: readonly Line[]): Def[] {
  return lines.flatMap((line, index) =>
    DEF.test(line.text) ? [{ header: line.text, body: bodyAt(lines, index) }] : [],
  );
}

/** What each function is called, with the classes and functions that it stands in. */
function namesOf(lines: readonly Line[]): ReadonlyMap<Line, string> {
  const names = new Map<Line, string>();
  const above: { readonly indent: number; readonly name: string }[] = [];
  for (const line of lines) {
    const name = /^\s*(?:async\s+)?(?:def|class)\s+(\w+)/.exec(line.text)?.[1];
    if (name === undefined || isBlank(line)) continue;
    while ((above.at(-1)?.indent ?? -1) >= line.indent) above.pop();
    above.push({ indent: line.indent, name });
    if (DEF.test(line.text)) names.set(line, above.map((one) => one.name).join("."));
  }
  return names;
}

function defsByName(lines: readonly Line[]): ReadonlyMap<string, Def> {
  const names = namesOf(lines);
  return new Map(
    lines.flatMap((line, index) => {
      const name = names.get(line);
      return name === undefined ? [] : [[name, { header: line.text, body: bodyAt(lines, index) }] as const];
    }),
  );
}

const textOf = ({ header, body }: Def) =>
  [header, ...body.filter((line) => !isBlank(line)).map(({ text }) => text)].join("\n");

/** Without the functions inside it: what it does itself. */
function frameOf({ header, body }: Def): string {
  const kept: string[] = [header];
  for (let index = 0; index < body.length; index += 1) {
    const line = body[index];
    if (!line || isBlank(line)) continue;
    kept.push(line.text);
    if (DEF.test(line.text)) index += bodyAt(body, index).length;
  }
  return kept.join("\n");
}

/** What stood in a body still stands there, so that looking at text finds it; but nothing of it is done. */
interface TakingOut {
  readonly same: ReadonlySet<string>;
  readonly frames: ReadonlySet<string>;
  readonly acting: ReadonlySet<Line>;
  /** Functions of the base by name. */
  readonly was: ReadonlyMap<string, Def>;
  readonly mode: HollowMode;
}

function takeOut(lines: readonly Line[], { same, frames, acting, was, mode }: TakingOut) {
  const names = namesOf(lines);
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
    const [, name, value] = VALUE.exec(line.text) ?? [];
    if (name !== undefined && acting.has(line)) {
      taken += 1;
      out.push(`${name} None and (${value}\n)`);
      continue;
    }
    const block = blockAt(lines, index);
    if (acting.has(line) && !CLAUSE.test(line.text) && canBeSkipped(block)) {
      taken += 1;
      out.push(`${indentOf(line)}if False:`, ...block.map(({ text }) => ` ${text}`));
      index += block.length - 1;
      continue;
    }
    const def = { header: line.text, body: bodyAt(lines, index) };
    const changed = DEF.test(line.text) && !same.has(textOf(def)) && !frames.has(frameOf(def));
    if (!changed) {
      out.push(line.text);
      continue;
    }
    taken += 1;
    const old = was.get(names.get(line) ?? "");
    if (old && mode === "reverted") out.push(old.header, ...old.body.map(({ text }) => text));
    else if (def.body.every(isBlank))
      out.push(line.text.replace(/:[^:]*$/, old ? ": raise RuntimeError" : ": pass"));
    else out.push(line.text, ...ending(def.body, old ? "raise RuntimeError" : "return"));
    index += def.body.length;
  }
  return { lines: out, taken };
}

/** A statement with all that belongs to it: its body, and the clauses that follow with theirs. */
function blockAt(lines: readonly Line[], index: number): Line[] {
  const first = lines[index];
  if (!first) return [];
  let end = index + 1 + bodyAt(lines, index).length;
  for (
    let next = lines[end];
    next && next.indent === first.indent && CLAUSE.test(next.text);
    next = lines[end]
  )
    end += 1 + bodyAt(lines, end).length;
  return lines.slice(index, end);
}

const acts = (line: Line) =>
  !isBlank(line) && ![DEF, CLASS, PASSIVE].some((pattern) => pattern.test(line.text));

/** Functions in it do nothing instead, and which module is imported is no behaviour. */
function canBeSkipped(block: readonly Line[]): boolean {
  if (block.some(({ text }) => DEF.test(text) || CLASS.test(text))) return false;
  return !block.every((line) => isBlank(line) || IMPORTING.test(line.text));
}

const indentOf = ({ text }: Line) => /^[ \t]*/.exec(text)?.[0] ?? "";

/** A body that ends before it begins, at the indentation that it has. */
function ending(body: readonly Line[], by: "return" | "raise RuntimeError"): string[] {
  const first = body.find((line) => !isBlank(line));
  return [`${first ? indentOf(first) : ""}${by}`, ...body.map(({ text }) => text)];
}

/** Statements outside functions that act: class attributes too. */
function statementsOf(lines: readonly Line[]): Line[] {
  const statements: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line || isBlank(line)) continue;
    if (DEF.test(line.text) || MAIN.test(line.text)) index += bodyAt(lines, index).length;
    else if (acts(line)) statements.push(line);
  }
  return statements;
}
