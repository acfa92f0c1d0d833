import type { EditorKey, EditorKeyName } from "../editor-state.ts";
import { csiKeys, ss3Keys } from "./sequence-keys.ts";

export const ESCAPE = "\x1b";

/** The longest sequence that is waited for: no key has more, and what a terminal answers is not much longer. */
const MAX_SEQUENCE = 64;
const MAX_STRING = 8192;

export interface FoundSequence {
  readonly length: number;
  readonly keys: readonly EditorKey[] | "paste";
}

const ALT: Readonly<Record<string, EditorKeyName>> = {
  "\r": "newline",
  "\n": "newline",
  "\x7f": "delete-word",
  "\b": "delete-word",
  b: "word-left",
  B: "word-left",
  f: "word-right",
  F: "word-right",
  d: "delete-word-right",
  D: "delete-word-right",
};

/** Reads the sequence at the beginning of `text`, an ESC. @returns null where more must come to tell. */
export function readEscape(text: string, alt = false): FoundSequence | null {
  const next = text.charAt(1);
  if (next === "") return null;
  if (next === ESCAPE) return readDoubleEscape(text);
  if (next === "[") return readCsi(text, alt);
  if (next === "O") return readSs3(text, alt);
  if ("]PX^_".includes(next)) return readString(text);
  const name = ALT[next];
  if (name !== undefined) return { length: 2, keys: [{ kind: "key", name }] };
  // Another control character is a key of its own: Ctrl-C is not lost because Esc was pressed before it.
  if (/\p{Cc}/u.test(next)) return { length: 1, keys: [{ kind: "key", name: "escape" }] };
  return { length: 1 + String.fromCodePoint(text.codePointAt(1) ?? 0).length, keys: [] };
}

/** rxvt puts an ESC before a sequence for Alt; otherwise Esc was pressed twice. */
function readDoubleEscape(text: string): FoundSequence | null {
  const third = text.charAt(2);
  if (third === "") return null;
  if (third !== "[" && third !== "O") return { length: 1, keys: [{ kind: "key", name: "escape" }] };
  const found = readEscape(text.slice(1), true);
  return found === null ? null : { ...found, length: found.length + 1 };
}

function readCsi(text: string, alt: boolean): FoundSequence | null {
  // The Linux console's function keys have a second bracket, and rxvt ends shifted keys with a dollar sign.
  const odd = /^\x1b\[(?:\[[^\p{Cc}]|(\d{1,2})\$)/u.exec(text);
  if (odd !== null) return { length: odd[0].length, keys: csiKeys(odd[1] ?? "", odd[1] ? "$" : "[", alt) };
  const [head = "", parameters = ""] = /^\x1b\[([0-?]*)[ -/]*/.exec(text) ?? [];
  const final = text.charAt(head.length);
  if (final === "[" && head === "\x1b[") return text.length > 3 ? { length: 3, keys: [] } : null;
  if (final === "") return text.length > MAX_SEQUENCE ? { length: text.length, keys: [] } : null;
  if (!/[@-~]/.test(final)) return { length: head.length, keys: [] };
  const length = head.length + 1;
  if (final === "~" && parameters === "200") return { length, keys: "paste" };
  return { length, keys: head === `\x1b[${parameters}` ? csiKeys(parameters, final, alt) : [] };
}

function readSs3(text: string, alt: boolean): FoundSequence | null {
  const [head = "", modifier = ""] = /^\x1bO(\d{0,2})/.exec(text) ?? [];
  const final = text.charAt(head.length);
  if (final === "") return null;
  if (!/[ -~]/.test(final)) return { length: head.length, keys: [] };
  return { length: head.length + 1, keys: ss3Keys(modifier, final, alt) };
}

/** What a terminal answers (colours, clipboard, version): up to BEL or ST; any other control character breaks it off. */
function readString(text: string): FoundSequence | null {
  const offset = text.slice(2).search(/\p{Cc}/u);
  if (offset === -1) return text.length > MAX_STRING ? { length: text.length, keys: [] } : null;
  const at = offset + 2;
  if (text[at] === "\x07" || text[at] === "\x9c") return { length: at + 1, keys: [] };
  if (text[at] !== ESCAPE) return { length: at, keys: [] };
  if (text.length === at + 1) return null;
  return { length: text[at + 1] === "\\" ? at + 2 : at, keys: [] };
}
