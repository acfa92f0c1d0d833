import { stripControl } from "@pm/core";

const COLOUR = /\u001b(\[[0-9;:]{0,60}m)/g;
/** Stands for the escape of a colour meanwhile: a code point that no text has. */
const STAND_IN = "\ufdd0";

/** @returns a log without anything that acts on who shows it, but for colours (SGR sequences), which a page may draw. */
export function cleanLog(text: string): string {
  if (!text.includes("\u001b")) return stripControl(text);
  const marked = text.replaceAll(STAND_IN, "").replace(COLOUR, `${STAND_IN}$1`);
  return stripControl(marked).replaceAll(STAND_IN, "\u001b");
}

/** @returns what was cleaned, without its colours: what a person reads and searches for. */
export const withoutColours = (cleaned: string): string =>
  cleaned.includes("\u001b") ? cleaned.replace(COLOUR, "") : cleaned;

/** @returns the beginning of a cleaned line, not cut within a colour or a character. */
export function cutLine(line: string, limit: number): string {
  if (line.length <= limit) return line;
  return line
    .slice(0, limit)
    .replace(/\u001b\[?[0-9;:]*$/, "")
    .replace(/[\ud800-\udbff]$/, "");
}
