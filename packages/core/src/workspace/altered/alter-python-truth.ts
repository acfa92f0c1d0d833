import { type Replacement, replaceAll } from "./literal.ts";
import { shortLines } from "./python-lines.ts";

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
  const known = altered.split("\n");
  if (known.length !== source.split("\n").length) return null;
  let index = 0;
  let at = 0;
  const found: Replacement[] = [];
  const short = new Map(shortLines(source).map((each) => [each.at, each.line]));
  for (const [line, now] of source.split("\n").map((each, row) => [each, known[row] ?? ""] as const)) {
    if (line === now && short.has(at) && !others?.test(line))
      found.push(...turned(line).map((one) => moved(one, index)));
    at += line.length + 1;
    index += now.length + 1;
  }
  return found.length === 0 ? null : replaceAll(altered, found);
}

const moved = ({ start, end, by }: Replacement, at: number) => ({ start: start + at, end: end + at, by });

function turned(line: string): Replacement[] {
  const assert = isWhole(line) ? ASSERT.exec(line) : null;
  if (assert?.indices) {
    const [begin, end] = assert.indices[2] ?? [assert.indices[1]?.[1] ?? 0, assert.indices[1]?.[1] ?? 0];
    return [{ start: begin, end, by: assert[2] === undefined ? "not " : "" }];
  }
  const method = METHOD.exec(line);
  const [start, end] = method?.indices?.[1] ?? [0, 0];
  const opposite = OPPOSITES[method?.[1] ?? ""];
  return opposite === undefined ? [] : [{ start, end, by: opposite }];
}

/** No bracket is open at its end. */
const isWhole = (line: string) =>
  (line.match(/[([{]/g) ?? []).length === (line.match(/[)\]}]/g) ?? []).length && !line.endsWith("\\");
