import type { RustToken } from "./rust-tokens.ts";

/** Where brackets close, by where they open; each list of tokens is looked through once. */
const CLOSINGS = new WeakMap<readonly RustToken[], ReadonlyMap<number, number>>();

/** No item goes on for so long outside of brackets: to look further only costs time. */
const FARTHEST = 2_000;

/** @returns the bracket that closes the one at `at`, `at` itself where there is none, null where it is never closed. */
export function closing(tokens: readonly RustToken[], at: number): number | null {
  if (!/^[([{)\]}]$/.test(tokens[at]?.text ?? "")) return at;
  const known = CLOSINGS.get(tokens) ?? closings(tokens);
  CLOSINGS.set(tokens, known);
  return known.get(at) ?? null;
}

function closings(tokens: readonly RustToken[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { text }] of tokens.entries()) {
    if (/^[([{]$/.test(text)) open.push(at);
    const opened = /^[)\]}]$/.test(text) ? open.pop() : undefined;
    if (opened !== undefined) found.set(opened, at);
  }
  return found;
}

/** The next token from `from` on that is outside of brackets and looks like `text`; null where there is none. */
export function findOutside(
  tokens: readonly RustToken[],
  text: RegExp,
  from: number,
  end = tokens.length,
): number | null {
  for (let at = from, steps = 0; at < end && steps < FARTHEST; at += 1, steps += 1) {
    if (text.test(tokens[at]?.text ?? "")) return at;
    const close = closing(tokens, at);
    if (close === null) return null;
    at = close;
  }
  return null;
}
