import type { EditorKey, EditorKeyName } from "../editor-state.ts";
import { controlKey } from "./control-key.ts";
import { ALT, CTRL, SHIFT } from "./modifiers.ts";

/** kitty's codes for the keypad, where they are no characters. */
const KEYPAD: Readonly<Record<number, EditorKeyName>> = {
  57417: "left",
  57418: "right",
  57419: "up",
  57420: "down",
  57421: "page-up",
  57422: "page-down",
  57423: "home",
  57424: "end",
  57426: "delete",
};
const KEYPAD_CHARACTERS = "0123456789./*-+\r=,";
const FIRST_KEYPAD = 57399;

const BY_ALT: Readonly<Record<string, EditorKeyName>> = {
  b: "word-left",
  f: "word-right",
  d: "delete-word-right",
};

/**
 * @returns the keys of a code point with modifiers, as kitty's `CSI u` and xterm's modifyOtherKeys send them. `shifted`: the
 * code with Shift, where told; `texts`: the codes of the text it gives, where told.
 */
export function codeKeys(
  code: number,
  modifiers: number,
  shifted?: string,
  texts?: readonly string[],
): EditorKey[] {
  const keypad = KEYPAD[code];
  if (keypad !== undefined) return [{ kind: "key", name: keypad }];
  const character = KEYPAD_CHARACTERS[code - FIRST_KEYPAD] ?? characterOf(code);
  if (character === "") return [];
  if (character === "\r") return [{ kind: "key", name: modifiers === 0 ? "enter" : "newline" }];
  if (character === "\t") return [{ kind: "key", name: (modifiers & SHIFT) === 0 ? "tab" : "back-tab" }];
  if (character === "\x7f" || character === "\b") {
    return [{ kind: "key", name: (modifiers & (ALT | CTRL)) === 0 ? "backspace" : "delete-word" }];
  }
  if (/\p{Cc}/u.test(character)) return controlKey(character);
  if ((modifiers & CTRL) !== 0) return ctrlKey(character);
  if ((modifiers & ALT) !== 0) {
    const name = BY_ALT[character.toLowerCase()];
    return name === undefined ? [] : [{ kind: "key", name }];
  }
  // Super and the like are no text; caps lock and num lock are.
  if ((modifiers & 0b111000) !== 0) return [];
  const told = (texts ?? []).map((text) => characterOf(Number(text))).join("");
  const upper = characterOf(Number(shifted || 0)) || character.toUpperCase();
  return [{ kind: "text", text: told || ((modifiers & SHIFT) === 0 ? character : upper) }];
}

function ctrlKey(character: string): EditorKey[] {
  const code = character.toUpperCase().charCodeAt(0);
  // "/" with Ctrl is what terminals send as 0x1f too.
  if (character === "/" || character === "-") return controlKey("\x1f");
  return code >= 0x40 && code <= 0x5f ? controlKey(String.fromCharCode(code - 0x40)) : [];
}

/** No character for what is none: private codes are keys of kitty's that an editor has no use for. */
function characterOf(code: number): string {
  if (!Number.isInteger(code) || code <= 0 || code > 0x10ffff) return "";
  if ((code >= 0xd800 && code <= 0xf8ff) || code >= 0xf0000) return "";
  return String.fromCodePoint(code);
}
