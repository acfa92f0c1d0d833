import { otherNumber, otherText, type Replacement } from "../altered/literal.ts";
import type { RustToken } from "./rust-tokens.ts";

const TEXT = /^[bc]?(?:r(#*))?".*("\1)$/s;
const CHARACTER = /^(b?)'(?:\\.*|[^\\])'$/su;
const FLOAT = /^([\d_]+\.[\d_]*(?:[eE][+-]?\d+)?|[\d_]+[eE][+-]?\d+|[\d_]+(?=f(?:32|64)$))(f32|f64)?$/;
const INTEGER = /^(0[xob])?([\da-fA-F_]+?)_?([iu](?:8|16|32|64|128|size))?$/;
/** The greatest numbers of the types: one more would not compile. */
const LARGEST = new Set([7, 8, 15, 16, 31, 32, 63, 64, 127, 128].map((bits) => 2n ** BigInt(bits) - 1n));

/** @returns a literal of Rust of the same type and another value; null where the token is none. */
export function otherRustLiteral(token: string): string | null {
  if (token === "true" || token === "false") return token === "true" ? "false" : "true";
  const close = TEXT.exec(token)?.[2];
  if (close !== undefined) return otherText(token.slice(0, -close.length)) + close;
  const character = CHARACTER.exec(token);
  if (character) return `${character[1]}'${token.endsWith("'q'") ? "r" : "q"}'`;
  const float = FLOAT.exec(token);
  if (float) return `${withPoint(otherNumber(Number(float[1]?.replaceAll("_", ""))))}${float[2] ?? ""}`;
  const integer = INTEGER.exec(token);
  if (!integer || !/^\d/.test(token)) return null;
  const [, radix = "", digits = "", type = ""] = integer;
  if (radix !== "0x" && /[a-f]/i.test(digits)) return null;
  const value = BigInt(`${radix}${digits.replaceAll("_", "") || "0"}`);
  return `${LARGEST.has(value) ? value - 1n : value + 1n}${type}`;
}

/** All literals in a value, but for the lengths of lists, which are part of their types. */
export function otherLiterals(value: readonly RustToken[]): Replacement[] {
  return value.flatMap(({ text, start, end }, at) => {
    const by = value[at - 1]?.text === ";" ? null : otherRustLiteral(text);
    return by === null ? [] : [{ start, end, by }];
  });
}

const withPoint = (value: number) => (/[.e]/.test(String(value)) ? String(value) : `${value}.0`);
