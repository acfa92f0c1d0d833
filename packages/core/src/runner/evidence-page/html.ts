/** Markup in which text can't become anything else. Pure. */

const MARKUP: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * What could move, hide or reorder text: controls, bidi marks, invisible and unassigned characters, but for line breaks,
 * tabs and the joiner that emoji are made with.
 */
const UNSEEN = /[^\P{C}\n\t\u200d]|[\u2028\u2029]/gu;

/** A piece of markup that was put together from markup and escaped text. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | null | false | readonly Part[];

/** @returns `text` as HTML text or attribute value; what can't be seen is named by its code point. */
export function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(
      UNSEEN,
      (found) => `⟨U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
    )
    .replace(/[&<>"']/g, (found) => MARKUP[found] ?? "");
}

/** Template tag: what is put in is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + markupOf(parts[index] ?? null)).join(""));
}

function markupOf(part: Part): string {
  if (part === null || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(markupOf).join("");
  return escapeText(String(part));
}
