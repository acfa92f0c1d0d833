import { distance } from "fastest-levenshtein";

/** @returns ` Did you mean X?` for the closest name, or nothing where none is near enough to be a slip of the keys. */
export function suggest(typed: string, names: readonly string[]): string {
  const wanted = typed.toLowerCase();
  const ranked = names
    .map((name) => ({
      name,
      // A name cut short is as near as a slip: `stat` means status.
      steps: name.startsWith(wanted) && wanted.length >= 2 ? 0.5 : slips(wanted, name),
    }))
    .sort((a, b) => a.steps - b.steps);
  const best = ranked[0];
  const tolerated = Math.max(1, Math.floor(Math.max(wanted.length, 3) / 3));
  return best !== undefined && best.steps <= tolerated ? ` Did you mean ${best.name}?` : "";
}

/** Two neighbours swapped (`strat`) are one slip, though two edits. */
function slips(typed: string, name: string): number {
  for (let at = 0; at + 1 < typed.length; at++) {
    const swapped = `${typed.slice(0, at)}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}`;
    if (swapped === name) return 1;
  }
  return distance(typed, name);
}
