import type { ExecutedTest } from "./task-evidence.ts";

/**
 * Tests that ran before and did not afterwards; skipped is not run. As often as a name ran before, it must run again.
 * @param moves whether a test may stand in another file than before, under the same name.
 * @returns their names, each once.
 */
export function lostTests(
  before: readonly ExecutedTest[],
  after: readonly ExecutedTest[],
  moves: boolean,
): string[] {
  const names = tally(after.map(stableName));
  const unmatched = before.filter((test) => !take(names, stableName(test)));
  if (!moves) return [...new Set(unmatched.map(stableName))];
  // What stands in its old place is no candidate for a move.
  const left = after.filter((test) => take(names, stableName(test)));
  const titles = tally(left.flatMap(({ title }) => (title ? [stable(title)] : [])));
  const lost = unmatched.filter(({ title }) => !title || !take(titles, stable(title)));
  return [...new Set(lost.map(stableName))];
}

export function stableName({ name }: ExecutedTest): string {
  return stable(name);
}

/** What may differ from run to run: where the checkout lies, and long numbers such as ports and times. */
function stable(name: string): string {
  return name.replace(/(?:file:\/\/)?(?:\/[^\s/:]+)+\/(?=[^\s/])/g, "").replace(/\d{5,}/g, "#");
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, name: string): boolean {
  const count = counts.get(name) ?? 0;
  counts.set(name, count - 1);
  return count > 0;
}
