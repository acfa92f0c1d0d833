import { type Clustered, isChip, nextBorder, previousBorder } from "./clusters.ts";

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** @returns where the word before `at` begins; a chip is a word. */
export function wordLeft(of: Clustered, at: number): number {
  let position = at;
  while (position > 0) {
    const before = previousBorder(of, position);
    if (isChip(of, before)) return before;
    position = before;
    if (isWord(of, position)) break;
  }
  while (position > 0) {
    const before = previousBorder(of, position);
    if (!isWord(of, before)) break;
    position = before;
  }
  return position;
}

/** @returns where the word after `at` ends; a chip is a word. */
export function wordRight(of: Clustered, at: number): number {
  let position = at;
  while (position < of.text.length && !isWord(of, position)) {
    if (isChip(of, position)) return position + 1;
    position = nextBorder(of, position);
  }
  while (position < of.text.length && isWord(of, position)) position = nextBorder(of, position);
  return position;
}

function isWord(of: Clustered, at: number): boolean {
  return WORD.test(String.fromCodePoint(of.text.codePointAt(at) ?? 0x20)) && !isChip(of, at);
}
