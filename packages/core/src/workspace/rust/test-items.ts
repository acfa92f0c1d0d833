/** Which parts of a Rust source are its tests: what the compiler leaves out of a product. */
import { closing, findOutside } from "./brackets.ts";
import { isDocumentation, type RustToken, rustTokens } from "./rust-tokens.ts";

export interface TestItem {
  /** With its attributes and its documentation. */
  readonly start: number;
  readonly end: number;
  /** Where it stands and what it is called: the same in another version of the file. No two of a file have one. */
  readonly key: string;
  /** The block in which it stands, by what it is called; nothing at the top of the file. */
  readonly scope: string;
}

export interface RustTests {
  readonly items: readonly TestItem[];
  /** Where each block ends, before its bracket. */
  readonly ends: ReadonlyMap<string, number>;
}

/** Nobody nests blocks deeper, or gives them longer names; what does only costs time. */
const DEEPEST = 40;
const LONGEST_NAME = 200;

/** Attributes that make a function a test, by the last part of their path. */
const TEST_ATTRIBUTE = /^(?:test|rstest|test_case|quickcheck)$/;

/**
 * The items that only a test has: `#[cfg(test)]` and `#[test]`, whatever they are and wherever they stand.
 * @param modules `mod name;` of these counts, too: for files that hold nothing but tests.
 */
export function testItems(source: string, modules: ReadonlySet<string> = new Set()): RustTests {
  const tokens = rustTokens(source);
  const items: TestItem[] = [];
  const ends = new Map<string, number>();
  const scopes: string[] = [""];
  const seen = new Map<string, number>();
  const add = (from: number, name: string, last: number) => {
    const scope = scopes.at(-1) ?? "";
    const plain = `${scope}${name}`;
    const nth = seen.get(plain) ?? 0;
    seen.set(plain, nth + 1);
    const [start, end] = [tokens[from]?.start ?? 0, tokens[last]?.end ?? source.length];
    items.push({ start, end, key: `${plain}#${nth}`, scope });
  };
  let header = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const { text, start } = tokens[at] as RustToken;
    const { next, isTest } = attributesAt(tokens, at);
    if (next > at) {
      const last = isTest === null ? null : endOfItem(tokens, next, isTest);
      if (last !== null) add(at, nameOf(tokens, next), last);
      header = (last ?? next - 1) + 1;
      at = header - 1;
    } else if (text === "mod" && tokens[at + 2]?.text === ";" && modules.has(tokens[at + 1]?.text ?? "")) {
      add(header, nameOf(tokens, at), at + 2);
      header = at + 3;
      at += 2;
    } else if (text === "{") {
      const name = tokens.slice(Math.max(header, at - LONGEST_NAME), at).map((token) => token.text);
      scopes.push(scopes.length > DEEPEST ? (scopes.at(-1) ?? "") : `${scopes.at(-1)}${name.join(" ")} { `);
      header = at + 1;
    } else if (text === "}") {
      if (scopes.length > 1) ends.set(scopes.pop() ?? "", start);
      header = at + 1;
    } else if (text === ";") header = at + 1;
  }
  return { items, ends };
}

/** What makes an item a test: any item under `cfg(test)`, or a function. */
type Ground = "any" | "function";

/** Attributes and documentation from `at` on. @returns the token behind them, `at` itself where there are none. */
function attributesAt(tokens: readonly RustToken[], at: number): { next: number; isTest: Ground | null } {
  let next = at;
  let isTest: Ground | null = null;
  for (;;) {
    const token = tokens[next];
    if (token !== undefined && isDocumentation(token)) next += 1;
    else if (token?.text === "#" && tokens[next + 1]?.text === "[") {
      const close = closing(tokens, next + 1);
      if (close === null) return { next, isTest };
      const words = tokens.slice(next + 2, close).map(({ text }) => text);
      if (words[0] === "cfg" && needsTest(words.slice(2, -1))) isTest = "any";
      else if (isTest === null && isTestAttribute(words)) isTest = "function";
      next = close + 1;
    } else return { next, isTest };
  }
}

function isTestAttribute(words: readonly string[]): boolean {
  const end = words.findIndex((word) => word === "(" || word === "=");
  return TEST_ATTRIBUTE.test((end < 0 ? words : words.slice(0, end)).at(-1) ?? "");
}

/** `test`, or `all(…)` of it and others. What `any` allows is part of some product. */
function needsTest(words: readonly string[]): boolean {
  if (words.length === 1) return words[0] === "test";
  return words[0] === "all" && words[1] === "(" && partsOf(words.slice(2, -1)).some(needsTest);
}

function partsOf(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word === "(") depth += 1;
    if (word === ")") depth -= 1;
    if (word === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

const BEFORE_KIND = new Set(["pub", "unsafe", "async", "default", "extern"]);
const WITH_BLOCK = new Set("fn mod struct enum union trait impl macro_rules".split(" "));
const WITH_SEMICOLON = new Set("use const static type let crate".split(" "));

/** @returns the last token of the item that begins at `from`; null where it is none, such as a field. */
function endOfItem(tokens: readonly RustToken[], from: number, ground: Ground): number | null {
  const kind = tokens[kindAt(tokens, from)]?.text ?? "";
  if (ground === "function" && kind !== "fn") return null;
  if (!WITH_BLOCK.has(kind) && !WITH_SEMICOLON.has(kind)) return null;
  const end = findOutside(tokens, WITH_BLOCK.has(kind) ? /^[{;]$/ : /^;$/, from);
  return end === null ? null : closing(tokens, end);
}

/** Behind `pub(crate)`, `async`, `extern "C"` and the like; `const` is one where a function follows. */
function kindAt(tokens: readonly RustToken[], from: number): number {
  let at = from;
  for (;;) {
    const [text = "", next = ""] = [tokens[at]?.text, tokens[at + 1]?.text];
    const isPrefix = BEFORE_KIND.has(text) || /^[("]/.test(text);
    if (!isPrefix && !(text === "const" && /^(?:fn|unsafe|async|extern)$/.test(next))) return at;
    at = (closing(tokens, at) ?? at) + 1;
  }
}

function nameOf(tokens: readonly RustToken[], from: number): string {
  const words = tokens.slice(from, from + LONGEST_NAME).map(({ text }) => text);
  const end = words.findIndex((word, at) => at > 0 && /^[{;=(]$/.test(word));
  return words.slice(0, end < 0 ? words.length : end).join(" ");
}
