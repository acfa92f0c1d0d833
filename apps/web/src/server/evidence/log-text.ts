import { LINE_LIMIT, type LogLines } from "../../contract/evidence.ts";
import { cleanLog, cutLine, withoutColours } from "./clean-log.ts";

/** A log whose lines are found without looking at all of it. */
export interface LogText {
  /** About what it takes in memory. */
  readonly bytes: number;
  readonly total: number;
  /** @param from the first line, from 1 */
  lines(from: number, count: number): LogLines;
  /** Numbers of the lines that hold a text, whatever the case; colours are not looked at. */
  search(text: string, limit: number): { readonly lines: readonly number[]; readonly more: boolean };
}

export function createLogText(raw: string): LogText {
  const text = cleanLog(raw);
  const starts = lineStarts(text);
  const total = starts.length;
  const endOf = (index: number) => (index + 1 < total ? at(starts, index + 1) - 1 : lastEnd(text));
  let plain: { readonly text: string; readonly starts: Uint32Array } | undefined;

  function searched() {
    plain ??= text.includes("\u001b") ? plainOf(text) : { text, starts };
    return plain;
  }

  return {
    // Characters of two bytes, and the same once more where there are colours.
    bytes: text.length * (text.includes("\u001b") ? 4 : 2) + starts.byteLength,
    total,

    lines(from, count) {
      const lines: LogLines["lines"] = [];
      for (let index = from - 1; index < Math.min(total, from - 1 + count); index += 1) {
        const [start, end] = [at(starts, index), endOf(index)];
        const shown = cutLine(text.slice(start, Math.min(end, start + LINE_LIMIT + 1)), LINE_LIMIT);
        lines.push({ n: index + 1, text: shown, cut: end - start - shown.length });
      }
      return { total, lines };
    },

    search(wanted, limit) {
      const found: number[] = [];
      const { text: inText, starts: of } = searched();
      const expression = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
      for (let hit = expression.exec(inText); hit !== null; hit = expression.exec(inText)) {
        const index = lineAt(of, hit.index);
        if (found.length === limit) return { lines: found, more: true };
        found.push(index + 1);
        // A last line of nothing but a colour is none here.
        if (index + 1 >= of.length) break;
        expression.lastIndex = at(of, index + 1);
      }
      return { lines: found, more: false };
    },
  };
}

const at = (starts: Uint32Array, index: number): number => starts[index] ?? 0;

const lastEnd = (text: string) => (text.endsWith("\n") ? text.length - 1 : text.length);

function plainOf(cleaned: string) {
  const text = withoutColours(cleaned);
  return { text, starts: lineStarts(text) };
}

/** A line feed at the end begins no line. Two passes, so that many short lines take no more memory than they must. */
function lineStarts(text: string): Uint32Array {
  if (text === "") return new Uint32Array(0);
  let count = 1;
  for (
    let feed = text.indexOf("\n");
    feed >= 0 && feed + 1 < text.length;
    feed = text.indexOf("\n", feed + 1)
  )
    count += 1;
  const starts = new Uint32Array(count);
  for (let index = 1, feed = -1; index < count; index += 1) {
    feed = text.indexOf("\n", feed + 1);
    starts[index] = feed + 1;
  }
  return starts;
}

/** The line that a place is in. */
function lineAt(starts: Uint32Array, place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(starts, middle) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
