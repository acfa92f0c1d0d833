import { type Replacement, replaceAll } from "./literal.ts";
import { shortLines } from "./python-lines.ts";

/** `assertRaises(X)`, `assertRaisesRegex(X, …)`, `pytest.raises(X)`. */
const RAISES =
  /(?<![\w])(?:self\.)?(?:assertRaises(?:Regex)?|(?:pytest\.)?raises)\(\s*([A-Z]\w*|\w+(?:\.\w+)*\.[A-Z]\w*)\s*[,)]/dg;

/** Expects another error than the tests in Python did, of a class that no code raises. @returns null where they expect none. */
export function alterPythonErrors(source: string): string | null {
  const found: Replacement[] = [];
  for (const { line, at } of shortLines(source).filter((each) => !/^\s*#/.test(each.line)))
    for (const { indices } of line.matchAll(RAISES)) {
      const [start, end] = indices?.[1] ?? [0, 0];
      const other = line.slice(start, end) === "FloatingPointError" ? "BufferError" : "FloatingPointError";
      found.push({ start: at + start, end: at + end, by: other });
    }
  return found.length === 0 ? null : replaceAll(source, found);
}
