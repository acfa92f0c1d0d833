import { type Replacement, replaceAll } from "../altered/literal.ts";
import { otherLiterals } from "../rust/other-rust-literal.ts";
import type { RustToken } from "../rust/rust-tokens.ts";
import { splitTokens } from "../rust/split-tokens.ts";
import type { Hollowed } from "./hollowed.ts";
import { type ProductPart, productParts } from "./rust-parts.ts";

/**
 * Rust. What is not in the base's product with the same text counts as changed. A function then gives at once what nobody
 * expects, or ends the test where no such value is known of its type, with its old body behind so that types hold; a
 * constant holds other literals. Macros, and what else can't be told, stay: functions are taken out all the same.
 */
export function hollowRust(base: string, result: string): Hollowed {
  const { product, tests } = splitTokens(result);
  const known = new Set(productParts(splitTokens(base).product).map(({ text }) => text));
  const changed = productParts(product).filter(({ text }) => !known.has(text));
  const ending = expectsPanic(tests) ? "::std::process::abort()" : "panic!()";
  const lengths = lengthsIn(product);
  const cuts = changed.map((part) =>
    part.kind === "function" ? [cutOf(part, ending)] : valuesOf(part, lengths),
  );
  return {
    text: replaceAll(result, cuts.flat()),
    taken: cuts.filter((cut) => cut.length > 0).length,
  };
}

/** What lists are as long as: with another value they would not compile. */
function lengthsIn(tokens: readonly RustToken[]): ReadonlySet<string> {
  const inside = tokens.filter((_, at) => tokens[at - 1]?.text === ";" && tokens[at + 1]?.text === "]");
  return new Set(inside.map(({ text }) => text));
}

function valuesOf(part: ProductPart, lengths: ReadonlySet<string>): Replacement[] {
  return part.kind === "constant" && !lengths.has(part.name) ? otherLiterals(part.value) : [];
}

/** Where tests want a panic, a panic would be just what they want. */
const expectsPanic = (tests: readonly RustToken[]) =>
  tests.some(({ text }) => text === "should_panic" || text === "catch_unwind");

type FunctionPart = Extract<ProductPart, { kind: "function" }>;

/** Behind a condition, or the compiler might refuse what can't be reached. */
function cutOf(part: FunctionPart, ending: string): Replacement {
  const value = part.isConst && part.returns === "String" ? undefined : otherReturn(part);
  // Nothing can be aborted while it compiles.
  const end = value ?? (part.isConst ? "panic!()" : ending);
  return { start: part.body, end: part.body, by: ` if true { ${end} }` };
}

function otherReturn({ name, returns }: FunctionPart): string | undefined {
  if (returns === "" || returns === "()") return name === "main" ? undefined : "return";
  if (returns === "String") return String.raw`return String::from("\u{1}q")`;
  if (/^&(?:'\w+)?str$/.test(returns)) return String.raw`return "\u{1}q"`;
  if (/^u(?:8|16|32|64|128|size)$/.test(returns)) return "return 113";
  if (/^i(?:8|16|32|64|128|size)$/.test(returns)) return "return -113";
  return /^f(?:32|64)$/.test(returns) ? "return -113.25" : undefined;
}
