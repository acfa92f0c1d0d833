import { extname } from "node:path";
import { JAVASCRIPT_EXTENSIONS } from "../javascript-nodes.ts";
import { hollowJavaScript } from "./hollow-javascript.ts";
import { hollowPython } from "./hollow-python.ts";
import { hollowRust } from "./hollow-rust.ts";
import type { Hollowed, HollowMode } from "./hollowed.ts";

/**
 * @param base the file before, null where it is new.
 * @returns null where it can't be told: another language, or a text that does not parse.
 */
export function hollowSource(
  path: string,
  base: string | null,
  result: string,
  mode: HollowMode = "idle",
): Hollowed | null {
  const extension = extname(path).toLowerCase();
  if (JAVASCRIPT_EXTENSIONS.has(extension)) return hollowJavaScript(extension, base ?? "", result, mode);
  if (extension === ".rs") return hollowRust(base ?? "", result);
  return extension === ".py" ? hollowPython(base ?? "", result, mode) : null;
}
