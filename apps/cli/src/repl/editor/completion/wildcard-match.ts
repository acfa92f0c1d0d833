/**
 * @returns whether `text` is what `pattern` stands for, where `star` stands for any number of items. In time of at most the
 * product of both lengths: patterns come from repositories, and a regular expression of one may never end.
 */
export function wildcardMatch<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  star: P,
  matches: (part: P, item: T) => boolean,
): boolean {
  let at = 0;
  let lastStar = -1;
  let resume = 0;
  for (let item = 0; item < text.length; ) {
    const part = pattern[at];
    if (part !== undefined && part === star) {
      lastStar = at++;
      resume = item;
    } else if (part !== undefined && matches(part, text[item] as T)) {
      at++;
      item++;
    } else if (lastStar !== -1) {
      // Only the last star need take more: an earlier one has all it needs.
      at = lastStar + 1;
      item = ++resume;
    } else return false;
  }
  return pattern.slice(at).every((part) => part === star);
}
