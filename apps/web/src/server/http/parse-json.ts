import { RunnerError } from "@pm/core";

const DEPTH = 16;
/** Names that are more than data to who merges objects. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

const notValid = (reason: string) => new RunnerError("E468", { reason });

/** @throws RunnerError E468 where it is no JSON in UTF-8, nests too deep, or has a name that no field has */
export function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notValid("The body is not UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says quotes the body.
    throw notValid("The body is not valid JSON.");
  }
  assertPlain(value);
  return value;
}

function assertPlain(value: unknown): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= DEPTH) throw notValid(`The body nests deeper than ${DEPTH} levels.`);
    for (const [key, inner] of Object.entries(next.value)) {
      if (FORBIDDEN.has(key)) throw notValid(`The body has a field ${key}.`);
      open.push({ value: inner, depth: next.depth + 1 });
    }
  }
}
