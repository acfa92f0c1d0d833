import { type Replacement, replaceAll } from "./literal.ts";

/** `assertRaises(X)`, `assertRaisesRegex(X, …)`, `pytest.raises(X)`. */
const RAISES =
  /(?<![\w])(?:self\.)?(?:assertRaises(?:Regex)?|(?:pytest\.)?raises)\(\s*([A-Z]\w*|\w+(?:\.\w+)*\.[A-Z]\w*)\s*[,)]/dg;

/** Lines over it are left alone: they are data, and slow to look through. */
const LONGEST_LINE = 1000;

/** Expects another error than the tests in Python did, of a class that no code raises. @returns null where they expect none. */
export function alterPythonErrors(source: string): string | null {
  const found: Replacement[] = [];
  let at = 0;
  for (const line of source.split("\n")) {
    if (line.length <= LONGEST_LINE && !/^\s*#/.test(line))
      for (const { indices } of line.matchAll(RAISES)) {
        const [start, end] = indices?.[1] ?? [0, 0];
        const other = line.slice(start, end) === "FloatingPointError" ? "BufferError" : "FloatingPointError";
        found.push({ start: at + start, end: at + end, by: other });
      }
    at += line.length + 1;
  }
  return found.length === 0 ? null : replaceAll(source, found);
}
