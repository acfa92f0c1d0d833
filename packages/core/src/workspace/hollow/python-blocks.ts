/** Python's statements by their indentation: which lines belong together, and what they are called. */

/** A logical line: what stands between two ends of statement, brackets and long strings included. */
export interface Line {
  readonly text: string;
  readonly indent: number;
}

export interface Def {
  readonly header: string;
  readonly body: readonly Line[];
}

export const DEF = /^\s*(async\s+)?def\b/;
export const CLASS = /^\s*class\b/;
/** What only names things, an alias and `__all__` too, does nothing. */
const PASSIVE =
  /^\s*(?:(?:import|from|pass)\b|[@"'#]|$|__all__\b|\w+\s*=\s*(?!None\b|True\b|False\b)[A-Za-z_]\w*\s*(?:#|$))/;

/** A part of a statement that began above it. */
export const CLAUSE = /^\s*(?:else|elif|except|finally|case)\b/;
export const MAIN = /^if\s+__name__\s*==/;

/** @returns null where a string or a bracket is never closed. */
export function logicalLines(source: string): Line[] | null {
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

/**
 * Where the body of a function begins: behind the first colon from `from` on that stands in no bracket, string or comment.
 * @param from in a `def` or `lambda`, before its parameters
 */
export function bodyStart(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const char = text[at] ?? "";
    if (char === "#") at = endOfLine(text, at);
    else if (char === '"' || char === "'") at = endOfString(text, at) ?? text.length;
    else {
      if ("([{".includes(char)) depth += 1;
      if (")]}".includes(char)) depth -= 1;
      at += 1;
      if (char === ":" && depth === 0) return at;
    }
  }
  return null;
}

export const isBlank = ({ text }: Line) => text.trim() === "" || text.trim().startsWith("#");

/** The lines below `lines[index]`: deeper ones, and blank ones between them. */
export function bodyAt(lines: readonly Line[], index: number): Line[] {
  const indent = lines[index]?.indent ?? 0;
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => !isBlank(line) && line.indent <= indent);
  return end === -1 ? rest : rest.slice(0, end);
}

export function defsOf(lines: readonly Line[]): Def[] {
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

/** Functions of `before` by the lines at which those of the same name begin in `after`. */
export function counterparts(before: readonly Line[], after: readonly Line[]): ReadonlyMap<Line, Def> {
  const names = namesOf(before);
  const old = new Map(
    before.flatMap((line, index) => {
      const name = names.get(line);
      return name === undefined ? [] : [[name, { header: line.text, body: bodyAt(before, index) }] as const];
    }),
  );
  return new Map(
    [...namesOf(after)].flatMap(([line, name]) => {
      const was = old.get(name);
      return was ? [[line, was] as const] : [];
    }),
  );
}

export const textOf = ({ header, body }: Def) =>
  [header, ...body.filter((line) => !isBlank(line)).map(({ text }) => text)].join("\n");

/** Without the functions inside it: what it does itself. */
export function frameOf({ header, body }: Def): string {
  const kept: string[] = [header];
  for (let index = 0; index < body.length; index += 1) {
    const line = body[index];
    if (!line || isBlank(line)) continue;
    kept.push(line.text);
    if (DEF.test(line.text)) index += bodyAt(body, index).length;
  }
  return kept.join("\n");
}

/** A statement with all that belongs to it: its body, and the clauses that follow with theirs. */
export function blockAt(lines: readonly Line[], index: number): Line[] {
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

export const indentOf = ({ text }: Line) => /^[ \t]*/.exec(text)?.[0] ?? "";

/** Statements outside functions that act: class attributes too. */
export function statementsOf(lines: readonly Line[]): Line[] {
  const statements: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line || isBlank(line)) continue;
    if (DEF.test(line.text) || MAIN.test(line.text)) index += bodyAt(lines, index).length;
    else if (acts(line)) statements.push(line);
  }
  return statements;
}
