const SLUG = /^[a-z0-9]+(?:([-_.~])[a-z0-9]+(?:\1[a-z0-9]+)*)?$/;

/** @returns {boolean} whether `text` already is a slug in lower case, with one kind of separator. */
export function isSlug(text) {
  return typeof text === "string" && SLUG.test(text);
}
