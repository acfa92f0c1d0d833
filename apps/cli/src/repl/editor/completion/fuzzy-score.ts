/**
 * @returns how well the letters of `query`, in order, are found in `text`, both in lower case: higher is better; null where
 * they are not. Letters that follow each other and those at the beginning of a word count more, and so do short texts.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const whole = scoreFrom(query, text, 0);
  if (whole === null) return null;
  const name = text.lastIndexOf("/", text.length - 2) + 1;
  const inName = name === 0 ? null : scoreFrom(query, text, name);
  return Math.max(whole, inName === null ? whole : inName + 10) - text.length / 100;
}

function scoreFrom(query: string, text: string, from: number): number | null {
  let score = text.startsWith(query, from) ? 30 : 0;
  let at = from;
  let last = -2;
  for (const letter of query) {
    const found = text.indexOf(letter, at);
    if (found === -1) return null;
    if (found === last + 1) score += 5;
    if (found === from || "/-_. ".includes(text.charAt(found - 1))) score += 4;
    score += 1;
    last = found;
    at = found + letter.length;
  }
  return score;
}
