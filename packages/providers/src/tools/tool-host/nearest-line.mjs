import { capLine } from "./capped.mjs";

/** Of lines that are compared; the rest of a huge file would take too long. */
const MAX_LINES = 50_000;

/**
 * The line of `text` that is most like the first telling line of `wanted`, by the words that both have.
 * @param {string} text @param {string} wanted @returns {{ number: number, text: string } | null} null where none is like it
 */
export function nearestLine(text, wanted) {
  const sought = wanted.split("\n").find((line) => line.trim() !== "") ?? "";
  const words = wordsOf(sought);
  /** @type {{ number: number, text: string } | null} */
  let best = null;
  let bestScore = 0;
  let number = 0;
  for (const line of text.split(/\r?\n/, MAX_LINES)) {
    number += 1;
    const score = likeness(words, wordsOf(line));
    if (score > bestScore) {
      bestScore = score;
      best = { number, text: capLine(line) };
    }
  }
  return bestScore >= 0.4 ? best : null;
}

/** @param {string} line */
const wordsOf = (line) => new Set(line.slice(0, 500).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu));

/** Shared words against all words: 1 where the lines differ in white space alone. @param {Set<string>} a @param {Set<string>} b */
function likeness(a, b) {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}
