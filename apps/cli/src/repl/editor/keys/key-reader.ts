import type { EditorKey } from "../editor-state.ts";
import { createPasteReader, type PasteReader } from "./paste-reader.ts";
import { ESCAPE, readEscape } from "./read-escape.ts";
import { createRunReader, typedKeys } from "./run-reader.ts";

export interface KeyReader {
  /** @returns the keys that are complete with `bytes`; a rest waits for the next call. */
  push(bytes: Uint8Array): EditorKey[];
  /**
   * To be called when about 50 ms passed without a byte: an ESC that waits was the key, and so was the Enter at the end of a
   * paste without brackets. The beginning of a longer sequence goes on waiting, so that a slow line does not make text of it.
   */
  flush(): EditorKey[];
}

/**
 * Reads a terminal's bytes as keys: UTF-8, bracketed pastes, and the escape sequences of xterm, VT, rxvt and kitty.
 * Sequences it does not know are swallowed.
 *
 * Where the terminal has shown no bracketed paste yet, a chunk with several Enters and text between them is taken for a
 * paste, of which only a trailing Enter submits, after the pause. Here alone chunks matter; `bracketed` turns it off.
 */
export function createKeyReader(options: { readonly bracketed?: boolean } = {}): KeyReader {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let bracketed = options.bracketed ?? false;
  const runs = createRunReader();
  let rest = "";
  let paste: PasteReader | null = null;

  function read(chunk: string): EditorKey[] {
    const keys: EditorKey[] = [];
    let text = chunk;
    while (text !== "") {
      if (paste !== null) {
        const end = paste.push(text);
        if (end === null) return keys;
        if (end.content !== "") keys.push({ kind: "paste", text: end.content });
        paste = null;
        text = end.rest;
      } else if (text.startsWith(ESCAPE)) {
        const found = readEscape(text);
        if (found === null) {
          rest = text;
          return keys;
        }
        keys.push(...runs.end());
        if (found.keys === "paste") {
          bracketed = true;
          paste = createPasteReader();
        } else keys.push(...found.keys);
        text = text.slice(found.length);
      } else {
        const next = text.indexOf(ESCAPE);
        const run = next === -1 ? text : text.slice(0, next);
        keys.push(...(bracketed ? typedKeys(run) : runs.read(run)));
        text = text.slice(run.length);
      }
    }
    return keys;
  }

  return {
    push(bytes) {
      const text = rest + decoder.decode(bytes, { stream: true });
      rest = "";
      return read(text);
    },
    flush() {
      const keys = runs.end();
      if (rest === ESCAPE || rest === ESCAPE + ESCAPE) {
        keys.push(...[...rest].map((): EditorKey => ({ kind: "key", name: "escape" })));
        rest = "";
      }
      // Alt with a bracket: a reply of the terminal would have gone on.
      if (/^\x1b[\]PX^_]$/.test(rest)) rest = "";
      return keys;
    },
  };
}
