import { fuzzyScore } from "./fuzzy-score.ts";

/** @returns at most `limit` of `candidates` that match `query`, best first, equally good ones in their order. */
export function bestMatches<T>(
  query: string,
  candidates: readonly T[],
  textOf: (candidate: T) => string,
  limit: number,
): readonly T[] {
  if (query === "") return candidates.slice(0, limit);
  const wanted = query.toLowerCase();
  const scored: { candidate: T; score: number }[] = [];
  for (const candidate of candidates) {
    const score = fuzzyScore(wanted, textOf(candidate).toLowerCase());
    if (score !== null) scored.push({ candidate, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, limit).map(({ candidate }) => candidate);
}
