// JSON leaves DEL, C1 and bidi controls as they are; a terminal would obey them.
const UNSAFE = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** @returns `value` as JSON that is safe to print: the same object when parsed. */
export function jsonText(value: unknown): string {
  return safe(JSON.stringify(value, null, 2));
}

/** The same on one line, for streams of objects. */
export function jsonLine(value: unknown): string {
  return safe(JSON.stringify(value));
}

function safe(text: string): string {
  return `${text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
