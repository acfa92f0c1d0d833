/** Where a text stops being JSON. Lines and columns count from 1. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

const MAX_DEPTH = 200;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

class Stop extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/**
 * Finds the first error of a JSON text: the engine's own messages name no position in every Node version. A key given
 * twice is an error too, because readers differ in which of the two they take.
 * @returns null where the text is sound.
 */
export function findJsonError(text: string): JsonError | null {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0), 0));
    if (end < text.length) throw new Stop(end, "there is something after the end");
    return null;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = text.slice(0, error.at).split("\n");
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason: error.message };
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (" \t\r\n".includes(text.charAt(at) || "x")) at += 1;
  if (text.charAt(at) === "/" && "/*".includes(text.charAt(at + 1) || "x")) {
    throw new Stop(at, "JSON has no comments, remove it");
  }
  return at;
}

function readValue(text: string, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Stop(at, "it is nested too deep");
  const char = text.charAt(at);
  if (char === "{") return readMembers(text, at, depth);
  if (char === "[") return readItems(text, at, depth);
  if (char === '"') return readString(text, at);
  for (const token of [NUMBER, WORD]) {
    token.lastIndex = at;
    if (token.test(text)) return token.lastIndex;
  }
  throw new Stop(at, at >= text.length ? "it ends too early" : "a value is expected here");
}

function readString(text: string, at: number): number {
  STRING.lastIndex = at;
  if (STRING.test(text)) return STRING.lastIndex;
  const wrong = text.charAt(at) === "'" ? "strings and keys need double quotes" : "this string is not valid";
  throw new Stop(at, at >= text.length ? "it ends too early" : wrong);
}

function readMembers(text: string, start: number, depth: number): number {
  const keys = new Set<string>();
  let at = skipSpace(text, start + 1);
  if (text.charAt(at) === "}") return at + 1;
  for (;;) {
    if (text.charAt(at) !== '"') {
      const reason =
        text.charAt(at) === "}" ? "the comma before is one too many" : "a key in double quotes is expected";
      throw new Stop(at, at >= text.length ? "it ends too early" : reason);
    }
    const end = readString(text, at);
    const key = String(JSON.parse(text.slice(at, end)));
    if (keys.has(key)) throw new Stop(at, `the key ${JSON.stringify(key)} is given twice`);
    keys.add(key);
    at = skipSpace(text, end);
    if (text.charAt(at) !== ":") throw new Stop(at, "a colon is expected here");
    at = skipSpace(text, readValue(text, skipSpace(text, at + 1), depth + 1));
    if (text.charAt(at) === "}") return at + 1;
    at = readComma(text, at, "}");
  }
}

function readItems(text: string, start: number, depth: number): number {
  let at = skipSpace(text, start + 1);
  if (text.charAt(at) === "]") return at + 1;
  for (;;) {
    at = skipSpace(text, readValue(text, at, depth + 1));
    if (text.charAt(at) === "]") return at + 1;
    at = readComma(text, at, "]");
    if (text.charAt(at) === "]") throw new Stop(at, "the comma before is one too many");
  }
}

function readComma(text: string, at: number, close: string): number {
  if (at >= text.length) throw new Stop(at, "it ends too early");
  if (text.charAt(at) !== ",") throw new Stop(at, `a comma or ${close} is expected here`);
  return skipSpace(text, at + 1);
}
