import { extname } from "node:path";
import { hollowJavaScript } from "./hollow-javascript.ts";
import { hollowPython } from "./hollow-python.ts";
import type { Hollowed } from "./hollowed.ts";

const JAVASCRIPT = new Set([".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"]);

/**
 * @param base the file before, null where it is new.
 * @returns null where it can't be told: another language, or a text that does not parse.
 */
export function hollowSource(path: string, base: string | null, result: string): Hollowed | null {
  const extension = extname(path).toLowerCase();
  if (JAVASCRIPT.has(extension)) return hollowJavaScript(extension, base ?? "", result);
  return extension === ".py" ? hollowPython(base ?? "", result) : null;
}
