/**
 * Text from a repository or an agent, made harmless for a terminal, a page or an approval prompt.
 *
 * Sequences go whole (`ESC[31m` leaves no `[31m`), so that what a person reads is what was written. Line feed and tab
 * stay; a carriage return becomes a line feed, since alone it would let a line overwrite itself.
 */

// A string sequence (OSC, DCS, APC, PM, SOS) ends at ST or BEL; one that never ends takes its introducer only, so that
// an unclosed one can't swallow the rest of an honest text.
const STRING_SEQUENCE =
  /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)/g;
const CSI_SEQUENCE = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/g;
const ESCAPE_SEQUENCE = /\x1b[ -/]*[0-~]?/g;
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
// Bidi embeddings, overrides, isolates and marks; zero-width characters that hide or join; line separators.
const INVISIBLE =
  /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

/** @returns `text` without C0, C1, CSI, OSC and DCS sequences, bidi controls and invisible tag characters. Idempotent. */
export function stripControl(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(STRING_SEQUENCE, "")
    .replace(CSI_SEQUENCE, "")
    .replace(ESCAPE_SEQUENCE, "")
    .replace(CONTROL, "")
    .replace(INVISIBLE, "");
}

/** The same on one line: white space of any kind becomes single blanks. */
export function stripToLine(text: string): string {
  return stripControl(text).replace(/\s+/gu, " ").trim();
}
