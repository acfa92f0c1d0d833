/**
 * Text of agents and of the repository, made harmless to look at: what would move, hide or turn text is taken out or named.
 * React makes the rest text, never markup. Colours are kept for logs only.
 */
// CSI with any final byte, OSC/DCS/PM/APC/SOS up to their end, two-byte escapes.
const SEQUENCES =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|\x1b[ -/]*[0-~]?/g;
const COLOUR = /^\x1b\[[0-9;:]*m$/;
const CONTROLS = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g;
/** Marks that turn the direction of what follows, or can't be seen at all. */
const HIDDEN =
  /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

const nameOf = (mark: string) =>
  `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** @returns the text with nothing but colour sequences left of what a terminal would obey */
export function colouredText(text: string): string {
  return text
    .replace(SEQUENCES, (sequence) => (COLOUR.test(sequence) ? sequence : ""))
    .replace(CONTROLS, "")
    .replace(HIDDEN, nameOf);
}

/** @returns the text without any control character; line breaks and tabs stay */
export function visibleText(text: string): string {
  return text.replace(SEQUENCES, "").replace(CONTROLS, "").replaceAll("\x1b", "").replace(HIDDEN, nameOf);
}
