import { type Replacement, replaceAll } from "../altered/literal.ts";
import { otherRustLiteral } from "../rust/other-rust-literal.ts";
import { productWith } from "../rust/product-with.ts";
import { isDocumentation, type RustToken, rustTokens } from "../rust/rust-tokens.ts";
import { testItems } from "../rust/test-items.ts";
import type { Hollowed } from "./hollowed.ts";
import { type ProductPart, productParts } from "./rust-parts.ts";

/**
 * Rust. What is not in the base's product with the same text counts as changed. A function then gives at once what nobody
 * expects, or ends the test where no such value is known of its type, with its old body behind so that types hold; a
 * constant has another value. Where neither can be done, the file is as it was on the base but for its tests.
 */
export function hollowRust(base: string, result: string): Hollowed {
  const known = new Set(productParts(productTokens(base)).map(({ text }) => text));
  const changed = productParts(productTokens(result)).filter(({ text }) => !known.has(text));
  const ending = expectsPanic(result) ? "::std::process::abort()" : "::std::panic!()";
  const cuts = changed.map((part) => cutOf(part, ending));
  if (!cuts.every((cut) => cut !== null))
    return { text: productWith(base, result), taken: 0, otherChanges: false };
  return { text: replaceAll(result, cuts), taken: cuts.length, otherChanges: false };
}

function productTokens(source: string): RustToken[] {
  const { items } = testItems(source);
  return rustTokens(source).filter(
    (token) =>
      !isDocumentation(token) && !items.some(({ start, end }) => token.start >= start && token.end <= end),
  );
}

/** Where tests want a panic, a panic would be just what they want. */
function expectsPanic(source: string): boolean {
  const tests = testItems(source).items.flatMap(({ start, end }) => rustTokens(source.slice(start, end)));
  return tests.some(({ text }) => text === "should_panic" || text === "catch_unwind");
}

/** Behind a condition, or the compiler might refuse what can't be reached. */
function cutOf(part: ProductPart, ending: string): Replacement | null {
  if (part.kind === "function") {
    const value = part.isConst && part.returns === "String" ? undefined : otherReturn(part);
    // Nothing can be aborted while it compiles.
    const end = value ?? (part.isConst ? "::std::panic!()" : ending);
    return { start: part.body, end: part.body, by: ` if true { ${end} }` };
  }
  const by = part.kind === "value" ? otherRustLiteral(part.literal) : null;
  return part.kind === "value" && by !== null ? { start: part.start, end: part.end, by } : null;
}

function otherReturn({ name, returns }: Extract<ProductPart, { kind: "function" }>): string | undefined {
  if (returns === "" || returns === "()") return name === "main" ? undefined : "return";
  if (returns === "String") return String.raw`return ::std::string::String::from("\u{1}q")`;
  if (/^&(?:'\w+)?str$/.test(returns)) return String.raw`return "\u{1}q"`;
  if (/^u(?:8|16|32|64|128|size)$/.test(returns)) return "return 113";
  if (/^i(?:8|16|32|64|128|size)$/.test(returns)) return "return -113";
  return /^f(?:32|64)$/.test(returns) ? "return -113.25" : undefined;
}
