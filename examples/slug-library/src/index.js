export { isSlug } from "./is-slug.js";
export { slugify } from "./slugify.js";
export { transliterate } from "./transliterate.js";
