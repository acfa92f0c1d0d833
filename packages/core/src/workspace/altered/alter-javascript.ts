import { childrenOf, isNode, type Node, parseUnit } from "../javascript-nodes.ts";
import { expectedParts } from "./expected-parts.ts";
import { expectedPlaces } from "./expected-places.ts";
import { expectedThrows } from "./expected-throws.ts";
import { expectedTruth } from "./expected-truth.ts";
import { type Replacement, replaceAll, stretchesIn } from "./literal.ts";
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
function withoutFallbacks(program: Node, found: readonly Replacement[]): Replacement[] {
  const startsIn = stretchesIn(found);
  const fallbacks = triesIn(program).flatMap(({ block, handler }) =>
    isNode(block) && isNode(handler) && startsIn(block).length > 0 ? startsIn(handler) : [],
  );
  const left = new Set(fallbacks);
  return found.filter(({ start }) => !left.has(start));
}

const triesIn = (node: Node): Node[] => [
  ...(node.type === "TryStatement" ? [node] : []),
  ...childrenOf(node).flatMap(triesIn),
];
