/** Sources in JavaScript and TypeScript as trees of nodes, as far as anything here has to know them. */
import { type ParserPlugin, parse } from "@babel/parser";

export const JAVASCRIPT_EXTENSIONS: ReadonlySet<string> = new Set([
  ".js",
  ".mjs",
  ".cjs",
  ".jsx",
  ".ts",
  ".mts",
  ".cts",
  ".tsx",
]);

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Unit {
  readonly text: string;
  readonly program: Node;
}

/** @returns null where the text does not parse. */
export function parseUnit(extension: string, text: string): Unit | null {
  const typed = /^\.[mc]?tsx?$/.test(extension);
  // The older word for import attributes, which Node took until 22.
  const plugins: ParserPlugin[] = ["decorators", "deprecatedImportAssert"];
  if (typed) plugins.push("typescript");
  if (!typed || extension === ".tsx") plugins.push("jsx");
  try {
    const file = parse(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins });
    return { text, program: file.program as unknown as Node };
  } catch {
    return null;
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

export function childrenOf(node: Node): Node[] {
  return Object.entries(node)
    .filter(([key]) => !key.endsWith("Comments") && key !== "loc" && key !== "extra")
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}
