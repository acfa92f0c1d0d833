import { type Replacement, replaceAll } from "./literal.ts";
import { otherLiteral, shortLines, TEXT } from "./python-lines.ts";

const LITERAL = String.raw`(?:${TEXT}|\d+(?:\.\d+)?|True|False|None)`;
/** `assertEqual(actual, "x")`, `eq_(…)`, `assert_equal(…)`: the literal is the last argument or has a message behind it. */
const CALL = new RegExp(
  String.raw`(?<![\w])(?:\w+\.)?(?:assert(?:Equals?|Is|CountEqual|ListEqual|DictEqual|SequenceEqual|AlmostEquals?)|assert_\w*equal|eq_)\([^\n]*,\s*(${LITERAL})\s*(?:,[^\n]*)?\)\s*(?:#.*)?$`,
  "dgm",
);
const CALL_FIRST = new RegExp(
  String.raw`(?<![\w])(?:\w+\.)?(?:assertEquals?|assertIs|assert_equal|eq_)\(\s*(${LITERAL})\s*,`,
  "dgm",
);
/** `assert actual == "x"`, with a message behind it or without. */
const STATEMENT = new RegExp(
  String.raw`^[ \t]*assert\b[^\n]*(?:==|\bis\b(?!\s+not\b))\s*(${LITERAL})\s*(?:,[^\n]*)?(?:#.*)?$`,
  "dgm",
);
const STATEMENT_FIRST = new RegExp(
  String.raw`^[ \t]*assert\s+(${LITERAL})\s*==(?![^\n]*\b(?:and|or)\b)`,
  "dgm",
);
/** `assert actual == Point(2, 1)`, `assertEqual(actual, [1, 2])`: the last literal of what is expected. */
const MADE = String.raw`(?:(?:\w+\.)*(?:[A-Z]\w*|approx|date|datetime|timedelta|set|frozenset|tuple|dict)\(|[[({])(?:[^()[\]{}\n]*(?<![\w."']))?(${LITERAL})\s*[\])}]`;
const STATEMENT_MADE = new RegExp(
  String.raw`^[ \t]*assert\b(?![^\n]*\b(?:or|not)\b)[^\n]*==\s*${MADE}\s*(?:#.*)?$`,
  "dgm",
);
const CALL_MADE = new RegExp(
  String.raw`(?<!\w)(?:self\.)?assert(?:Equal|CountEqual|ListEqual|DictEqual|SequenceEqual|TupleEqual|SetEqual)\([^\n]*,\s*${MADE}\s*\)\s*(?:#.*)?$`,
  "dgm",
);

/** Python, line by line: expectations that span lines stay as they are. @returns null where no literal is compared with. */
export function alterPython(source: string): string | null {
  const found = new Map<number, Replacement>();
  for (const { line, at } of shortLines(source))
    for (const { start, end } of literalsIn(line))
      found.set(at + start, { start: at + start, end: at + end, by: otherLiteral(line.slice(start, end)) });
  return found.size === 0 ? null : replaceAll(source, [...found.values()]);
}

function literalsIn(line: string): { start: number; end: number }[] {
  return [CALL, CALL_FIRST, STATEMENT, STATEMENT_FIRST, STATEMENT_MADE, CALL_MADE].flatMap((pattern) =>
    [...line.matchAll(pattern)].map((match) => {
      const [start, end] = match.indices?.[1] ?? [0, 0];
      return { start, end };
    }),
  );
}
