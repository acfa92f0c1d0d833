/**
 * Joins as many words as fit into `maxLength` characters. A first word that alone is too long is cut, since an empty
 * slug would be worse.
 */
export function joinWords(words, separator, maxLength) {
  const [first, ...rest] = words;
  if (first === undefined) return "";
  let slug = first.slice(0, maxLength);
  for (const word of rest) {
    const longer = `${slug}${separator}${word}`;
    if (longer.length > maxLength) break;
    slug = longer;
  }
  return slug;
}
