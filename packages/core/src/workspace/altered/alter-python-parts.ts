import { type Replacement, replaceAll, unlikeNumber, unlikeText } from "./literal.ts";
import { shortLines, TEXT } from "./python-lines.ts";

const LITERAL = String.raw`(?:${TEXT}|\d+(?:\.\d+)?)`;
/** `assert …`, `self.assertTrue(…)`. */
const HOLDS = String.raw`^[ \t]*(?:assert[ \t(]\s*|self\.assertTrue\(\s*)`;
/** Behind it nothing turns the outcome round, or makes it hold without that. */
const PLAIN = String.raw`(?![^\n]*(?:\b(?:or|not|is|else)\b|[=!]=))`;

/** What is looked for in a text or among others. */
const FOUND = [
  String.raw`(?<!\w)self\.assertIn\(\s*(${LITERAL})\s*,`,
  String.raw`${HOLDS}(?:any\(\s*)?(${LITERAL})\s+in\b${PLAIN}`,
  String.raw`${HOLDS}[\w.]+(?:\([^()\n]*\))?(?:\[[^[\]\n]*\])?\.(?:starts|ends)with\(\s*(${TEXT})\s*\)${PLAIN}`,
  String.raw`^[ \t]*[\w.]+\.assert_(?:called|called_once|awaited|awaited_once)_with\((?:[^()\n]*(?<![\w."']))?(${LITERAL})\s*\)\s*(?:#.*)?$`,
  String.raw`^[ \t]*[\w.]+\.assert_any_(?:call|await)\((?:[^()\n]*(?<![\w."']))?(${LITERAL})\s*\)\s*(?:#.*)?$`,
].map((pattern) => new RegExp(pattern, "dg"));
const MATCHED = [
  String.raw`(?<!\w)self\.assertRegex\([^\n]*,\s*(${TEXT})\s*\)\s*(?:#.*)?$`,
  String.raw`${HOLDS}re\.(?:search|match|fullmatch)\(\s*(${TEXT})\s*,${PLAIN}`,
].map((pattern) => new RegExp(pattern, "dg"));

/** `assertIn("x", …)`, `assert "x" in …`, `assertRegex(…, "x")`: what is looked for can't be found. @returns null where nothing is. */
export function alterPythonParts(source: string): string | null {
  const found: Replacement[] = [];
  for (const { line, at } of shortLines(source))
    for (const [patterns, other] of [
      [FOUND, otherLiteral],
      [MATCHED, otherPattern],
    ] as const)
      for (const { indices } of patterns.flatMap((pattern) => [...line.matchAll(pattern)])) {
        const [start, end] = indices?.[1] ?? [0, 0];
        found.push({ start: at + start, end: at + end, by: other(line.slice(start, end)) });
      }
  return found.length === 0 ? null : replaceAll(source, found);
}

function otherLiteral(literal: string): string {
  if (/^\d/.test(literal)) return String(unlikeNumber(Number(literal)));
  return unlikeText(literal.slice(0, -1)) + literal.slice(-1);
}

/** Around all of it: it may be made of alternatives. */
function otherPattern(literal: string): string {
  const begin = literal.search(/["']/) + 1;
  return `${literal.slice(0, begin)}${unlikeText(`(?:${literal.slice(begin, -1)})`)}${literal.slice(-1)}`;
}
