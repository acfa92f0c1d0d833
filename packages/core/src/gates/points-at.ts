/** What a person's words say about files: which are meant, and whether documentation is. */
import { posix } from "node:path";

/** Shorter names of files without their ending are words of any text. */
const SHORTEST_STEM = 3;

/** Whether the text names the file: by its path, its name, or its name without the ending as a word. */
export function namesFile(text: string, path: string): boolean {
  const lower = text.toLowerCase();
  const name = posix.basename(path).toLowerCase();
  if (lower.includes(path.toLowerCase()) || lower.includes(name)) return true;
  const stem = name.replace(/\.[^.]*$/, "").replace(/^\./, "");
  if (stem.length < SHORTEST_STEM) return false;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${stem.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
    "u",
  ).test(lower);
}

const DOCUMENTATION =
  /\b(?:read ?me|docs?|do[ck]ument\w*|change ?log|release notes?|comments?|guides?|manuals?|licen[cs]es?|contribut\w+|tutorials?|faq|typos?|spelling|wording|translat\w+|docstrings?|jsdoc|man ?pages?)\b/i;

/** Whether the text asks for documentation in words of its own. */
export function asksForDocumentation(text: string): boolean {
  return DOCUMENTATION.test(text);
}
