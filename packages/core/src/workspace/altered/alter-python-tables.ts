import { type Replacement, replaceAll } from "./literal.ts";
import { LONGEST_LINE, otherLiteral } from "./python-lines.ts";

const DECORATOR =
  /^[ \t]*@(?:pytest\.)?mark\.parametrize\(\s*(?:"([\w, ]+)"|'([\w, ]+)'|[[(]([\w, "']+)[\])])\s*,\s*\[/gm;
const LITERAL = /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|-?\d+(?:\.\d+)?|True|False|None)$/;
/** More than a table has; whatever is not closed by then is none. */
const LONGEST_TABLE = 20_000;

/** A stretch between two commas. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Alters the columns of `@pytest.mark.parametrize` whose names the tests only compare with: `== name`, `assertEqual(…, name)`.
 * @returns null where there is none.
 */
export function alterPythonTables(source: string): string | null {
  const found: Replacement[] = [];
  for (const match of source.matchAll(DECORATOR)) {
    const names = (match[1] ?? match[2] ?? match[3] ?? "")
      .replace(/["'\s]/g, "")
      .split(",")
      .filter((name) => name !== "");
    const rows = partsOf(source, match.index + match[0].length);
    for (const [column, name] of names.entries())
      if (names.length > 1 && isOnlyExpected(source, name))
        found.push(...rows.flatMap((row) => cellOf(source, row, column)));
  }
  const unique = new Map(found.map((replacement) => [replacement.start, replacement]));
  return unique.size === 0 ? null : replaceAll(source, [...unique.values()]);
}

function cellOf(source: string, row: Part, column: number): Replacement[] {
  if (source[row.start] !== "(" && source[row.start] !== "[") return [];
  const cell = partsOf(source, row.start + 1)[column];
  const literal = cell ? source.slice(cell.start, cell.end) : "";
  if (!cell || !LITERAL.test(literal)) return [];
  return [{ ...cell, by: otherLiteral(literal) }];
}

/** @returns what stands between commas from `from` to the bracket that closes; nothing where none does. */
function partsOf(source: string, from: number): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = from;
  const add = (end: number) => {
    const text = source.slice(start, end);
    if (text.trim() !== "")
      parts.push({ start: start + text.search(/\S/), end: start + text.trimEnd().length });
    start = end + 1;
  };
  for (let at = from; at < Math.min(source.length, from + LONGEST_TABLE); at += 1) {
    const char = source[at] ?? "";
    if (char === "#") return [];
    if (char === '"' || char === "'") {
      const end = endOfText(source, at);
      if (end === null) return [];
      at = end;
    } else if ("([{".includes(char)) depth += 1;
    else if (char === "," && depth === 0) add(at);
    else if (")]}".includes(char)) {
      if (depth === 0) {
        add(at);
        return parts;
      }
      depth -= 1;
    }
  }
  return [];
}

/** Where a text on one line ends; null for one over several. */
function endOfText(source: string, from: number): number | null {
  const quote = source[from];
  if (source.startsWith(`${quote}${quote}${quote}`, from)) return null;
  for (let at = from + 1; at < source.length && source[at] !== "\n"; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === quote) return at;
  }
  return null;
}

/** Whether a name stands for nothing that the code under test is given: parameters, and what something is compared with. */
function isOnlyExpected(source: string, name: string): boolean {
  const anywhere = new RegExp(String.raw`(?<![\w.])${name}(?!\w)`, "g");
  let compared = 0;
  for (const line of source.split("\n")) {
    const uses = [...line.matchAll(anywhere)].length;
    if (uses > 0 && line.length > LONGEST_LINE) return false;
    if (uses === 0 || /^\s*(?:@|(?:async )?def |#)/.test(line)) continue;
    const isCompared =
      new RegExp(String.raw`^\s*assert\b.*[^=!<>]==\s*${name}\s*(?:#.*)?$`).test(line) ||
      new RegExp(String.raw`^\s*assert\s+${name}\s*==`).test(line) ||
      new RegExp(String.raw`^\s*self\.assertEqual\(.*,\s*${name}\)\s*(?:#.*)?$`).test(line);
    if (!isCompared || uses > 1) return false;
    compared += 1;
  }
  return compared > 0;
}
