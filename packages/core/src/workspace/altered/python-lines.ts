import { otherNumber, otherText } from "./literal.ts";

/** Patterns take time by the square of a line's length, and nobody writes an expectation on a longer one: it is data. */
export const LONGEST_LINE = 1_000;

/** A pattern of a text in quotes, on one line. */
export const TEXT = String.raw`[rbu]?"(?:[^"\\\n]|\\.)*"|[rbu]?'(?:[^'\\\n]|\\.)*'`;

/** Lines that are not too long to be looked at, and where in the source each begins. */
export function shortLines(source: string): { readonly line: string; readonly at: number }[] {
  let at = 0;
  return source.split("\n").flatMap((line) => {
    const begin = at;
    at += line.length + 1;
    return line.length <= LONGEST_LINE ? [{ line, at: begin }] : [];
  });
}

/** @returns a literal of the same kind and another value; a sign in front of a number belongs to it. */
export function otherLiteral(literal: string): string {
  if (literal === "True" || literal === "False") return literal === "True" ? "False" : "True";
  if (literal === "None") return "1";
  if (/^[-\d]/.test(literal)) return String(otherNumber(Number(literal)));
  return otherText(literal.slice(0, -1)) + literal.slice(-1);
}
