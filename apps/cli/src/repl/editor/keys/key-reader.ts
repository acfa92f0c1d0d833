import type { EditorKey } from "../editor-state.ts";
import { controlKey } from "./control-key.ts";
import { createPasteReader, type PasteReader } from "./paste-reader.ts";
import { ESCAPE, readEscape } from "./read-escape.ts";

export interface KeyReader {
  /** @returns the keys that are complete with `bytes`; a rest waits for the next call. */
  push(bytes: Uint8Array): EditorKey[];
  /**
   * To be called when about 50 ms passed without a byte: an ESC that waits was the key. The beginning of a longer sequence
   * goes on waiting, so that a slow line does not make text of it.
   */
  flush(): EditorKey[];
}

/**
 * Reads a terminal's bytes as keys: UTF-8, bracketed pastes, and the escape sequences of xterm, VT, rxvt and kitty.
 * Sequences it does not know are swallowed.
 *
 * Where the terminal has shown no bracketed paste yet, a chunk with several Enters and text between them is taken for a
 * paste, of which only a trailing Enter submits. This is the one place where chunks matter; `bracketed` turns it off.
 */
export function createKeyReader(options: { readonly bracketed?: boolean } = {}): KeyReader {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let bracketed = options.bracketed ?? false;
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
        if (found.keys === "paste") {
          bracketed = true;
          paste = createPasteReader();
        } else keys.push(...found.keys);
        text = text.slice(found.length);
      } else {
        const next = text.indexOf(ESCAPE);
        const run = next === -1 ? text : text.slice(0, next);
        keys.push(...readRun(run, bracketed));
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
      if (rest !== ESCAPE && rest !== ESCAPE + ESCAPE) {
        // Alt with a bracket: a reply of the terminal would have gone on.
        if (/^\x1b[\]PX^_]$/.test(rest)) rest = "";
        return [];
      }
      const keys = [...rest].map((): EditorKey => ({ kind: "key", name: "escape" }));
      rest = "";
      return keys;
    },
  };
}

/** Text and control characters without an escape sequence. */
function readRun(run: string, bracketed: boolean): EditorKey[] {
  const body = run.replace(/\r+$/, "");
  const enters = run.split("\r").length - 1;
  if (!bracketed && enters > 1 && body.includes("\r") && !/[^\P{Cc}\r\n\t]/u.test(body)) {
    const trailing = Array.from({ length: run.length - body.length }, () => controlKey("\r"));
    return [{ kind: "paste", text: body.replace(/\r\n?/g, "\n") }, ...trailing.flat()];
  }
  return run.split(/(\p{Cc})/u).flatMap((part, index): EditorKey[] => {
    if (index % 2 === 1) return controlKey(part);
    return part === "" ? [] : [{ kind: "text", text: part }];
  });
}
