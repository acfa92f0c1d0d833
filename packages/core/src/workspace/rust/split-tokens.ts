import { isDocumentation, type RustToken, rustTokens } from "./rust-tokens.ts";
import { testItems } from "./test-items.ts";

interface SplitTokens {
  readonly product: readonly RustToken[];
  readonly tests: readonly RustToken[];
}

/** The tokens of a Rust source, those of its tests apart from all others, documentation left out. */
export function splitTokens(source: string): SplitTokens {
  const { items } = testItems(source);
  const [product, tests]: [RustToken[], RustToken[]] = [[], []];
  let next = 0;
  for (const token of rustTokens(source)) {
    while (token.start >= (items[next]?.end ?? source.length)) next += 1;
    const isTest = token.start >= (items[next]?.start ?? source.length);
    if (!isDocumentation(token)) (isTest ? tests : product).push(token);
  }
  return { product, tests };
}
