import { extname } from "node:path";
import { mayHoldTests } from "../../gates/file-classes.ts";
import { JAVASCRIPT_EXTENSIONS } from "../javascript-nodes.ts";
import { alterJavaScript } from "./alter-javascript.ts";
import { alterPython } from "./alter-python.ts";
import { alterPythonErrors } from "./alter-python-errors.ts";
import { alterPythonParts } from "./alter-python-parts.ts";
import { alterPythonTables } from "./alter-python-tables.ts";
import { alterPythonTruth } from "./alter-python-truth.ts";
import { alterRust } from "./alter-rust.ts";
import { withoutFallbacks } from "./without-fallbacks.ts";

/**
 * A test file, or a source with tests in it, that expects other values than it did: each literal that something is compared
 * with for equality, or that is looked for in it, is another one of its kind, and a condition is turned round. What the code under test is given stays, so an
 * honest test must fail.
 * @param filters what a runner was given to choose tests by, where that is known.
 * @returns null where it has none that can be told, or is in another language.
 */
export function alterSource(path: string, source: string, filters: readonly string[] = []): string | null {
  const extension = extname(path).toLowerCase();
  if (JAVASCRIPT_EXTENSIONS.has(extension)) return alterJavaScript(extension, source);
  if (extension === ".rs") return alterRust(source, mayHoldTests(path), filters);
  if (extension !== ".py") return null;
  const altered = inTurn(source, [alterPython, alterPythonParts, alterPythonErrors]) ?? source;
  const tables = alterPythonTables(altered);
  // What is compared with a column of a table is altered there.
  const turned = alterPythonTruth(source, tables ?? altered, tables === null ? null : /==/);
  const last = withoutFallbacks(source, turned ?? tables ?? altered);
  return last === source ? null : last;
}

/** Each alters what the one before it made: they look for different things. */
function inTurn(source: string, ways: readonly ((source: string) => string | null)[]): string | null {
  const altered = ways.reduce((text, alter) => alter(text) ?? text, source);
  return altered === source ? null : altered;
}
