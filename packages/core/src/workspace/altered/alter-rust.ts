import { closing, findOutside } from "../rust/brackets.ts";
import { otherLiterals, otherRustLiteral } from "../rust/other-rust-literal.ts";
import type { RustToken } from "../rust/rust-tokens.ts";
import { splitTokens } from "../rust/split-tokens.ts";
import { replaceAll } from "./literal.ts";

/**
 * Rust: what `assert_eq!` compares with, `==` and `matches!` in `assert!`, and the message of an expected panic. Of what
 * only has to differ nothing is altered, it would go on to.
 * @param within only the tests in it are, the rest is a product.
 * @param filters of names; where functions of such names are in it, just these.
 * @returns null where nothing is compared with a literal.
 */
export function alterRust(source: string, within: boolean, filters: readonly string[]): string | null {
  const { product, tests } = splitTokens(source);
  const tokens = within ? tests : [...product, ...tests];
  const chosen = tokens.flatMap((_, at) => functionNamed(tokens, at, filters));
  const found = (chosen.length > 0 ? chosen : [tokens])
    .flatMap((some) => some.flatMap((_, at) => expectedAt(some, at)))
    .flatMap(otherLiterals);
  const unique = new Map(found.map((replacement) => [replacement.start, replacement]));
  return unique.size === 0 ? null : replaceAll(source, [...unique.values()]);
}

/** Longer assertions hold data, or others. */
const LONGEST = 10_000;

type Tokens = readonly RustToken[];

/** The function that begins here, with its attributes, where its name holds the last part of a filter. */
function functionNamed(tokens: Tokens, at: number, filters: readonly string[]): Tokens[] {
  if (tokens[at]?.text !== "fn") return [];
  const name = tokens[at + 1]?.text ?? "";
  const parts = filters.map((filter) => filter.split("::").at(-1) ?? "");
  if (!parts.some((part) => part !== "" && name.includes(part))) return [];
  const open = findOutside(tokens, /^\{$/, at);
  const close = open === null ? null : closing(tokens, open);
  if (close === null) return [];
  let start = at;
  while (start > 0 && !/^[;{}]$/.test(tokens[start - 1]?.text ?? "")) start -= 1;
  return [tokens.slice(start, close + 1)];
}

/** What is expected, where an assertion begins. */
function expectedAt(tokens: Tokens, at: number): Tokens[] {
  const text = tokens[at]?.text ?? "";
  if (text === "should_panic" && tokens[at + 2]?.text === "expected") return [tokens.slice(at + 4, at + 5)];
  if (!/^(?:debug_|prop_)?assert(?:_eq)?$/.test(text)) return [];
  const [first = [], second = []] = argumentsAt(tokens, at);
  if (text.endsWith("_eq")) return valueOfTwo(first, second);
  if (partsOf(first, "||").length > 1) return [];
  return partsOf(first, "&&").flatMap((condition) => {
    const [left = [], right] = partsOf(condition, "==");
    if (right !== undefined) return valueOfTwo(left, right);
    const pattern = condition[0]?.text === "matches" ? argumentsAt(condition, 0)[1] : undefined;
    return pattern !== undefined && isValue(pattern) ? [pattern] : [];
  });
}

/** Of a comparison one side: both would cancel each other. */
function valueOfTwo(left: Tokens, right: Tokens): Tokens[] {
  if (isValue(right)) return [right];
  return isValue(left) ? [left] : [];
}

/** Of a macro's call. */
function argumentsAt(tokens: Tokens, at: number): Tokens[] {
  const close = tokens[at + 1]?.text === "!" ? closing(tokens, at + 2) : null;
  if (close === null || close > at + LONGEST) return [];
  return partsOf(tokens.slice(at + 3, close), ",");
}

/** What stands between the texts given, outside of brackets. */
function partsOf(tokens: Tokens, by: string): Tokens[] {
  const parts: Tokens[] = [];
  let start = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.text === by) {
      parts.push(tokens.slice(start, at));
      start = at + 1;
    } else at = closing(tokens, at) ?? at;
  }
  return [...parts, tokens.slice(start)];
}

const AROUND_VALUES = /^(?:[-&()[\]{},;:.!]|::|vec|to_string|to_owned|to_vec|into|std|string|[A-Z]\w*)$/;
/** What these are made of is their value; with other types it may be what the code under test is given. */
const OWNERS = /^(?:String|Box|Rc|Arc|PathBuf|OsString)$/;

/** Literals, and nothing beside them but what holds them: lists, variants, fields and texts. */
function isValue(tokens: Tokens): boolean {
  return tokens.every(({ text }, at) => {
    if (otherRustLiteral(text) !== null) return true;
    if (text === "new" || text === "from") return OWNERS.test(tokens[at - 2]?.text ?? "");
    return AROUND_VALUES.test(text) || tokens[at + 1]?.text === ":";
  });
}
