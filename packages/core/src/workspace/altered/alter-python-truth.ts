import { type Replacement, replaceAll } from "./literal.ts";
import { LONGEST_LINE } from "./python-lines.ts";

/**
 * `assert …` on one line; behind `or`, `if` or `lambda` the other word would not turn all of it round, and that something
 * is more or less says so little that it also holds where nothing is done.
 */
const ASSERT = /^([ \t]*assert[ \t]+)(not[ \t]+)?(?![^\n]*(?:\b(?:or|if|lambda)\b|[<>]))[^\n]+$/d;
/** Assertions of unittest whose name says all that they want, and their opposites. */
const OPPOSITES: Readonly<Record<string, string>> = {
  ...{ assertTrue: "assertFalse", assertFalse: "assertTrue", assertIsNone: "assertIsNotNone" },
  ...{ assertIsNotNone: "assertIsNone", assertNotIn: "assertIn", assertNotEqual: "assertEqual" },
  ...{ assertIsInstance: "assertNotIsInstance", assertIsNot: "assertIs" },
};
const METHOD = /(?<![\w])self\.(assert\w+)\(/d;

/**
 * Turns round what tests in Python want of a condition: `assert f(x)`, `assertFalse(…)`.
 * @param altered the same source with what is altered already: twice would turn a line back.
 * @param others lines that are left alone.
 * @returns null where nothing is turned.
 */
export function alterPythonTruth(source: string, altered: string, others: RegExp | null): string | null {
  const before = source.split("\n");
  const after = altered.split("\n");
  if (before.length !== after.length) return null;
  let at = 0;
  const found: Replacement[] = [];
  for (const [row, line] of after.entries()) {
    const isFree = line === before[row] && line.length <= LONGEST_LINE && !others?.test(line);
    if (isFree) found.push(...turned(line, at));
    at += line.length + 1;
  }
  return found.length === 0 ? null : replaceAll(altered, found);
}

/** @param at where the line begins. */
function turned(line: string, at: number): Replacement[] {
  const by = (place: readonly [number, number] | undefined, text: string) =>
    place === undefined ? [] : [{ start: at + place[0], end: at + place[1], by: text }];
  const assert = isWhole(line) ? ASSERT.exec(line) : null;
  if (assert) {
    const [, head, not] = assert.indices ?? [];
    return not === undefined ? by(head && [head[1], head[1]], "not ") : by(not, "");
  }
  const method = METHOD.exec(line);
  const opposite = OPPOSITES[method?.[1] ?? ""];
  return opposite === undefined ? [] : by(method?.indices?.[1], opposite);
}

/** No bracket is open at its end. */
const isWhole = (line: string) =>
  (line.match(/[([{]/g) ?? []).length === (line.match(/[)\]}]/g) ?? []).length && !line.endsWith("\\");
