/** A stretch of a source and what stands there instead. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Finds which stretches begin within others, in one that is long, too. */
export function stretchesIn(stretches: readonly Pick<Replacement, "start">[]) {
  const starts = stretches.map(({ start }) => start).sort((a, b) => a - b);
  /** How many begin before it. */
  const before = (at: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return ({ start, end }: Pick<Replacement, "start" | "end">) => starts.slice(before(start), before(end));
}

/** @returns another text of the same kind; nothing in it tells that it was altered. */
export const otherText = (text: string): string => `${text}q`;

/** @returns another number, so far apart that no tolerance of a comparison hides it. */
export const otherNumber = (value: number): number => (value + 1 === value ? 1 : value + 1);

/** @returns a text that is in none which holds `text`: a single letter more could be there as well. */
export const unlikeText = (text: string): string => `${text}qqq`;

/** @returns a number that is not in a list of such numbers: the next one could be. */
export const unlikeNumber = (value: number): number => otherNumber(value + 7_340_032);

export function replaceAll(source: string, replacements: readonly Replacement[]): string {
  let at = 0;
  let out = "";
  for (const { start, end, by } of [...replacements].sort((a, b) => a.start - b.start)) {
    out += source.slice(at, start) + by;
    at = end;
  }
  return out + source.slice(at);
}
