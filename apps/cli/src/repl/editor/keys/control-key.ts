import type { EditorKey, EditorKeyName } from "../editor-state.ts";

const NAMES: Readonly<Record<string, EditorKeyName>> = {
  "\x01": "home",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "end-of-input",
  "\x05": "end",
  "\x06": "right",
  "\x08": "backspace",
  "\t": "tab",
  "\n": "newline",
  "\x0b": "delete-to-end",
  "\x0c": "clear-screen",
  "\r": "enter",
  "\x0e": "down",
  "\x10": "up",
  "\x12": "search",
  "\x15": "delete-to-start",
  "\x17": "delete-word",
  "\x19": "yank",
  "\x1b": "escape",
  "\x1f": "undo",
  "\x7f": "backspace",
};

/** @returns the key of a control character; none where it stands for none. */
export function controlKey(character: string): EditorKey[] {
  const name = NAMES[character];
  return name === undefined ? [] : [{ kind: "key", name }];
}
