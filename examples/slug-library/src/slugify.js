import { joinWords } from "./join-words.js";
import { readOptions } from "./options.js";
import { transliterate } from "./transliterate.js";
import { splitWords } from "./words.js";

/**
 * @typedef {object} Options
 * @property {string} [separator]
 * @property {number} [maxLength]
 * @property {boolean} [lowercase]
 * @property {Record<string, string>} [replacements]
 */

/**
 * @param {string} text
 * @param {Options} [options]
 * @returns {string} the slug of `text`; empty where nothing of it can be spelt in Latin letters.
 * @throws TypeError for a text that is no string, and for options that are not understood.
 */
export function slugify(text, options) {
  if (typeof text !== "string") throw new TypeError("text must be a string");
  const { separator, maxLength, lowercase, replacements } = readOptions(options);
  const words = splitWords(transliterate(replaceCharacters(text, replacements)));
  const slug = joinWords(words, separator, maxLength);
  return lowercase ? slug.toLowerCase() : slug;
}

function replaceCharacters(text, replacements) {
  let replaced = text;
  for (const [character, word] of Object.entries(replacements)) {
    replaced = replaced.replaceAll(character, ` ${word} `);
  }
  return replaced;
}
