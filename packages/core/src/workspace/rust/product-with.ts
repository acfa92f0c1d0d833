import { replaceAll } from "../altered/literal.ts";
import { rustTokens } from "./rust-tokens.ts";
import { testItems } from "./test-items.ts";

/**
 * A Rust source whose product is that of one text and whose tests are those of another. Each test stands where the one
 * of the same name stood, else at the end of its block, or of the file where there is no such block.
 *
 * Invariant R1: the product of a text with its own tests is that text.
 *
 * @param modules see `testItems`.
 */
export function productWith(product: string, tests: string, modules?: ReadonlySet<string>): string {
  const [here, there] = [testItems(product, modules), testItems(tests, modules)];
  const wanted = new Map(there.items.map((item) => [item.key, item]));
  const known = new Set(here.items.map(({ key }) => key));
  const textOf = (key: string) => {
    const item = wanted.get(key);
    return item ? tests.slice(item.start, item.end) : "";
  };
  const kept = here.items.map(({ start, end, key }) => ({ start, end, by: textOf(key) }));
  const added = there.items
    .filter(({ key }) => !known.has(key))
    .map(({ key, scope }) => {
      const at = here.ends.get(scope) ?? product.length;
      return { start: at, end: at, by: `\n${textOf(key)}\n` };
    });
  return replaceAll(product, [...kept, ...added]);
}

/** Whether the tests in two versions of a Rust source differ in more than white space and comments. */
export function testsDiffer(before: string, after: string): boolean {
  return wordsOf(before).join("\n") !== wordsOf(after).join("\n");
}

function wordsOf(source: string): string[] {
  return testItems(source).items.flatMap(({ start, end, scope }) => [
    scope,
    ...rustTokens(source.slice(start, end)).map(({ text }) => text),
  ]);
}
