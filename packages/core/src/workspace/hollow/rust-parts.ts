/** What of a Rust source does or holds anything: its functions, constants and macros. Types, imports and blocks do not. */
import { closing, findOutside } from "../rust/brackets.ts";
import type { RustToken } from "../rust/rust-tokens.ts";

export type ProductPart = { readonly text: string } & (
  | {
      readonly kind: "function";
      readonly name: string;
      readonly isConst: boolean;
      /** Its type, without white space; nothing where it gives nothing. */
      readonly returns: string;
      /** Where its body begins, behind what the compiler wants to stand first. */
      readonly body: number;
    }
  | { readonly kind: "constant"; readonly name: string; readonly value: readonly RustToken[] }
  /** Nobody knows what it stands for. */
  | { readonly kind: "macro" }
);

interface Found {
  readonly part: ProductPart;
  /** Its last token. */
  readonly last: number;
}

/** @returns the parts in order, none inside of another. */
export function productParts(tokens: readonly RustToken[]): ProductPart[] {
  const parts: ProductPart[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = functionAt(tokens, at) ?? constantAt(tokens, at) ?? macroAt(tokens, at);
    if (found === null) continue;
    parts.push(found.part);
    at = found.last;
  }
  return parts;
}

const textOf = (tokens: readonly RustToken[], from: number, last: number, by = " ") =>
  tokens
    .slice(from, last + 1)
    .map(({ text }) => text)
    .join(by);

const isWord = (token: RustToken | undefined) => /^(?:r#)?[\p{L}_]/u.test(token?.text ?? "");

/** One with a body. */
function functionAt(tokens: readonly RustToken[], at: number): Found | null {
  if (tokens[at]?.text !== "fn" || !isWord(tokens[at + 1])) return null;
  const open = findOutside(tokens, /^[{;]$/, at);
  const last = open === null || tokens[open]?.text === ";" ? null : closing(tokens, open);
  if (open === null || last === null) return null;
  const arrow = findOutside(tokens, /^->$/, at, open);
  const where = findOutside(tokens, /^where$/, at, open) ?? open;
  const returns = arrow === null ? "" : textOf(tokens, arrow + 1, where - 1, "");
  const before = tokens.slice(Math.max(0, at - 4), at).map(({ text }) => text);
  const isConst = before.slice(before.findLastIndex((text) => /^[;{}\])]$/.test(text)) + 1).includes("const");
  let first = open;
  while (tokens[first + 1]?.text === "#" && tokens[first + 2]?.text === "!")
    first = closing(tokens, first + 3) ?? last;
  const [name, body] = [tokens[at + 1]?.text ?? "", tokens[first]?.end ?? 0];
  return { part: { kind: "function", text: textOf(tokens, at, last), name, isConst, returns, body }, last };
}

/** `const NAME: T = …;` and `static`, but not a parameter of a type. */
function constantAt(tokens: readonly RustToken[], at: number): Found | null {
  if (!/^(?:const|static)$/.test(tokens[at]?.text ?? "") || /^[<,]$/.test(tokens[at - 1]?.text ?? ""))
    return null;
  const name = tokens[at + 1]?.text === "mut" ? at + 2 : at + 1;
  if (!isWord(tokens[name]) || tokens[name + 1]?.text !== ":") return null;
  const last = findOutside(tokens, /^;$/, at);
  const sign = last === null ? null : findOutside(tokens, /^=$/, at, last);
  if (last === null || sign === null) return null;
  const text = textOf(tokens, at, last);
  const value = tokens.slice(sign + 1, last);
  return { part: { kind: "constant", text, name: tokens[name]?.text ?? "", value }, last };
}

/** A macro that is used or made outside of functions. */
function macroAt(tokens: readonly RustToken[], at: number): Found | null {
  if (!isWord(tokens[at]) || tokens[at + 1]?.text !== "!") return null;
  const open = tokens[at]?.text === "macro_rules" ? at + 3 : at + 2;
  const last = /^[([{]$/.test(tokens[open]?.text ?? "") ? closing(tokens, open) : null;
  return last === null ? null : { part: { kind: "macro", text: textOf(tokens, at, last) }, last };
}
