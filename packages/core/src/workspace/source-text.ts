import { cLikeTokens } from "./c-like-tokens.ts";
import { pythonTokens } from "./python-tokens.ts";
import { isDocumentation, rustTokens } from "./rust/rust-tokens.ts";

type Tokenizer = (source: string) => string[];

const js: Tokenizer = (source) => cLikeTokens(source, { quotes: `"'\``, regex: true });
const c: Tokenizer = (source) => cLikeTokens(source, { quotes: `"'`, regex: false });
const go: Tokenizer = (source) => cLikeTokens(source, { quotes: `"'\``, regex: false });
const rust: Tokenizer = (source) =>
  rustTokens(source)
    .filter((token) => !isDocumentation(token))
    .map(({ text }) => text);

const BY_EXTENSION = new Map<string, Tokenizer>([
  ...["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"].map((ext) => [ext, js] as const),
  ...["py", "pyi", "pyw"].map((ext) => [ext, pythonTokens] as const),
  ...[
    "c",
    "h",
    "cc",
    "hh",
    "cpp",
    "hpp",
    "cxx",
    "hxx",
    "m",
    "mm",
    "java",
    "kt",
    "kts",
    "cs",
    "swift",
    "scala",
  ].map((ext) => [ext, c] as const),
  ["go", go],
  ["rs", rust],
]);

/**
 * @returns whether two versions of a source file have the same tokens, so differ in white space or comments alone; false
 *   for languages that are not known here
 */
export function isCosmetic(path: string, before: string, after: string): boolean {
  const tokenize = BY_EXTENSION.get(/\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? "");
  if (tokenize === undefined) return false;
  const [a, b] = [tokenize(before), tokenize(after)];
  return a.length === b.length && a.every((token, n) => token === b[n]);
}
