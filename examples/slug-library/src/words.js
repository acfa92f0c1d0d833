const SYMBOLS = new Map([
  ["&", "and"],
  ["@", "at"],
  ["%", "percent"],
  ["+", "plus"],
]);

const APOSTROPHES = /['’‘`]/g;
const WORD = /[A-Za-z0-9]+/g;

/** @returns the words of a text that is already in Latin letters; symbols with a name count as words. */
export function splitWords(text) {
  const spelled = Array.from(text.replace(APOSTROPHES, ""), (character) => {
    const word = SYMBOLS.get(character);
    return word === undefined ? character : ` ${word} `;
  }).join("");
  return spelled.match(WORD) ?? [];
}
