import { childrenOf, isNode, type Node, parseUnit } from "../javascript-nodes.ts";
import { expectedParts } from "./expected-parts.ts";
import { expectedPlaces } from "./expected-places.ts";
import { expectedThrows } from "./expected-throws.ts";
import { expectedTruth } from "./expected-truth.ts";
import { type Replacement, replaceAll } from "./literal.ts";
import { namedValues, nameOf } from "./named-values.ts";
import { onlyExpected } from "./only-expected.ts";
import { otherValue } from "./other-value.ts";
import { namesUnderTest } from "./under-test.ts";

/** JavaScript and TypeScript. @returns null where nothing is expected that can be told, or the text does not parse. */
export function alterJavaScript(extension: string, source: string): string | null {
  const unit = parseUnit(extension, source);
  if (unit === null) return null;
  const found = new Map(expectationsIn(unit.program).map((replacement) => [replacement.start, replacement]));
  return found.size === 0 ? null : replaceAll(source, [...found.values()]);
}

function expectationsIn(program: Node): Replacement[] {
  const named = namedValues(program);
  const underTest = namesUnderTest(program);
  const valuesOf = (place: Node) => named.get(nameOf(place) ?? "");
  const { values, messages } = expectedPlaces(program, underTest, (node) => valuesOf(node) !== undefined);
  const safe = onlyExpected(program, named.keys(), new Set([...values, ...messages]));
  const alteredAt = (place: Node) => {
    const behind = valuesOf(place);
    if (!behind) return otherValue(place);
    return safe.has(nameOf(place) ?? "") ? behind.flatMap(otherValue) : [];
  };
  const compared = values.filter((place) => alteredAt(place).length > 0);
  const others = [...expectedThrows(program, underTest), ...expectedParts(program, underTest)];
  const turned = expectedTruth(program, underTest, [...compared, ...others]);
  return withoutFallbacks(program, [...compared.flatMap(alteredAt), ...others, ...turned]);
}

/** What is said where a comparison failed stays, or a test that swallows it would fail for that. */
function withoutFallbacks(node: Node, found: readonly Replacement[]): Replacement[] {
  const { block, handler } = node;
  const within = (one: Replacement, place: unknown) =>
    isNode(place) && one.start >= place.start && one.end <= place.end;
  const hasFallback = node.type === "TryStatement" && found.some((one) => within(one, block));
  const kept = hasFallback ? found.filter((one) => !within(one, handler)) : found;
  return childrenOf(node).reduce<Replacement[]>((left, child) => withoutFallbacks(child, left), [...kept]);
}
