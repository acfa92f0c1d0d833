import type { EditorKey, EditorKeyName } from "../editor-state.ts";
import { codeKeys } from "./code-keys.ts";
import { ALT, CTRL, SHIFT } from "./modifiers.ts";

const BY_LETTER: Readonly<Record<string, EditorKeyName>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
};

const BY_NUMBER: Readonly<Record<string, EditorKeyName>> = {
  1: "home",
  3: "delete",
  4: "end",
  5: "page-up",
  6: "page-down",
  7: "home",
  8: "end",
};

const BY_WORD: Partial<Record<EditorKeyName, EditorKeyName>> = {
  left: "word-left",
  right: "word-right",
  delete: "delete-word-right",
};

/** What rxvt ends a numbered key with. */
const RXVT: Readonly<Record<string, number>> = { "~": 0, $: SHIFT, "^": CTRL, "@": CTRL | SHIFT };

/** @returns the keys of `ESC [ parameters final`; none where it is unknown. `alt`: another ESC stood before it. */
export function csiKeys(parameters: string, final: string, alt: boolean): EditorKey[] {
  if (/[<=>?]/.test(parameters)) return [];
  const fields = parameters.split(";").map((field) => field.split(":"));
  const number = fields[0]?.[0] ?? "";
  // 3 is the release of a key.
  if (fields[1]?.[1] === "3") return [];
  const modifiers = Math.max(0, Number(fields[1]?.[0] || 1) - 1) | (alt ? ALT : 0);
  if (final === "u") return codeKeys(Number(number), modifiers, fields[0]?.[1], fields[2]);
  if (final === "~" && number === "27" && fields.length > 2)
    return codeKeys(Number(fields[2]?.[0]), modifiers);
  if (final === "Z") return [{ kind: "key", name: "back-tab" }];
  const rxvt = RXVT[final];
  if (rxvt !== undefined) return named(BY_NUMBER[number], modifiers | rxvt);
  // rxvt: small letters are arrows with Shift; a number before them is another thing.
  const isArrow = /^[abcd]$/.test(final) && parameters === "";
  return named(BY_LETTER[isArrow ? final.toUpperCase() : final], modifiers);
}

/** @returns the keys of `ESC O modifier final`: arrows, and the keypad. */
export function ss3Keys(modifier: string, final: string, alt: boolean): EditorKey[] {
  const modifiers = Math.max(0, Number(modifier || 1) - 1) | (alt ? ALT : 0);
  if (final === "M") return codeKeys(13, modifiers);
  // rxvt: small letters are arrows with Ctrl.
  if (/[abcd]/.test(final)) return named(BY_LETTER[final.toUpperCase()], modifiers | CTRL);
  // The keypad sends the character it shows, moved by 0x40: j is *, p is 0.
  if (/[j-y]/.test(final)) return [{ kind: "text", text: String.fromCharCode(final.charCodeAt(0) - 0x40) }];
  return named(BY_LETTER[final], modifiers);
}

function named(name: EditorKeyName | undefined, modifiers: number): EditorKey[] {
  if (name === undefined) return [];
  const byWord = (modifiers & (ALT | CTRL)) !== 0 ? BY_WORD[name] : undefined;
  return [{ kind: "key", name: byWord ?? name }];
}
