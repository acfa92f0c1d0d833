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

/** Whether sources of that ending are TypeScript. */
export const isTypeScript = (extension: string) => /^\.[mc]?tsx?$/.test(extension);

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

/**
 * Mistakes that leave the parts of a text known are passed over, and so are words of tomorrow that some compiler takes.
 * @returns null where the text does not parse.
 */
export function parseUnit(extension: string, text: string): Unit | null {
  const typed = isTypeScript(extension);
  // The older word for import attributes, which Node took until 22.
  const common: ParserPlugin[] = ["deprecatedImportAssert", "explicitResourceManagement"];
  if (!typed || extension === ".tsx") common.push("jsx");
  const dialects: ParserPlugin[][] = typed
    ? [
        ["typescript", "decorators"],
        ["typescript", "decorators-legacy"],
      ]
    : [["decorators"], ["decorators-legacy"], ["decorators", "flow"]];
  for (const dialect of dialects) {
    try {
      const file = parse(text, {
        sourceType: "unambiguous",
        allowReturnOutsideFunction: true,
        errorRecovery: true,
        plugins: [...common, ...dialect],
      });
      return { text, program: file.program as unknown as Node };
    } catch {
      // Another dialect, then.
    }
  }
  return null;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

export function childrenOf(node: Node): Node[] {
  return Object.entries(node)
    .filter(([key]) => !key.endsWith("Comments") && key !== "loc" && key !== "extra")
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}
