import { otherNumber, otherText, type Replacement, replaceAll } from "./literal.ts";

const LITERAL = String.raw`(?:[rbu]?"(?:[^"\\\n]|\\.)*"|[rbu]?'(?:[^'\\\n]|\\.)*'|\d+(?:\.\d+)?|True|False|None)`;
/** `assertEqual(actual, "x")`, `eq_(…)`, `assert_equal(…)`: the literal is the last argument or has a message behind it. */
const CALL = new RegExp(
  String.raw`(?<![\w])(?:\w+\.)?(?:assert(?:Equals?|Is|CountEqual|ListEqual|DictEqual|SequenceEqual|AlmostEquals?)|assert_\w*equal|eq_)\([^\n]*,\s*(${LITERAL})\s*(?:,[^\n]*)?\)\s*(?:#.*)?$`,
  "gm",
);
const CALL_FIRST = new RegExp(
  String.raw`(?<![\w])(?:\w+\.)?(?:assertEquals?|assertIs|assert_equal|eq_)\(\s*(${LITERAL})\s*,`,
  "gm",
);
/** `assert actual == "x"`, with a message behind it or without. */
const STATEMENT = new RegExp(
  String.raw`^[ \t]*assert\b[^\n]*==\s*(${LITERAL})\s*(?:,[^\n]*)?(?:#.*)?$`,
  "gm",
);
const STATEMENT_FIRST = new RegExp(
  String.raw`^[ \t]*assert\s+(${LITERAL})\s*==(?![^\n]*\b(?:and|or)\b)`,
  "gm",
);

/** Python, line by line: expectations that span lines stay as they are. @returns null where no literal is compared with. */
export function alterPython(source: string): string | null {
  const found = new Map<number, Replacement>();
  for (const pattern of [CALL, CALL_FIRST, STATEMENT, STATEMENT_FIRST])
    for (const match of source.matchAll(new RegExp(pattern.source, "dgm"))) {
      const [start, end] = match.indices?.[1] ?? [0, 0];
      found.set(start, { start, end, by: otherLiteral(source.slice(start, end)) });
    }
  return found.size === 0 ? null : replaceAll(source, [...found.values()]);
}

function otherLiteral(literal: string): string {
  if (literal === "True" || literal === "False") return literal === "True" ? "False" : "True";
  if (literal === "None") return "1";
  if (/^\d/.test(literal)) return String(otherNumber(Number(literal)));
  return otherText(literal.slice(0, -1)) + literal.slice(-1);
}
