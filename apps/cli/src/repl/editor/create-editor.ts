/**
 * The editor at work: it owns the state, reads a terminal's bytes into it, and keeps history, draft and completion in step.
 * Whoever draws it asks for `view` after each `onChange`.
 *
 * Invariants:
 * L1 keys are pressed in the order of their bytes, each with the completion of the state it meets;
 * L2 what is submitted goes into the history (unless that finds it secret) and stays in the draft until it was dealt with;
 * L3 a secret is drawn as dots from its first character on.
 */
import { type CompletionSources, completionsFor } from "./completion/completions-for.ts";
import type { FileSource } from "./completion/file-source.ts";
import {
  type Completion,
  type EditorEffect,
  type EditorKey,
  type EditorState,
  EMPTY_EDITOR,
} from "./editor-state.ts";
import { createKeyReader } from "./keys/key-reader.ts";
import { type EditorLayout, layoutEditor } from "./layout-editor.ts";
import { menuRowOf } from "./press-in-menu.ts";
import { pressKey } from "./press-key.ts";
import type { Draft } from "./storage/draft.ts";
import type { History } from "./storage/history.ts";

/** How long an ESC waits for the rest of a sequence. */
const ESCAPE_PAUSE_MS = 50;
/** How old a list of files may be when another `@` is typed. */
const FILES_AGE_MS = 10_000;

export interface EditorOptions {
  readonly history: History;
  readonly draft: Draft;
  readonly files: FileSource;
  /** Columns of the text, now. */
  width(): number;
  sources(): Omit<CompletionSources, "files">;
  /** @returns the text as it may be shown: from the first difference on it is drawn as dots. */
  mask(text: string): string;
  /** Called once for each chunk that changed something, and when the files are read. */
  onChange(): void;
  /** Resolves when the text was dealt with; until then it is kept in the draft. */
  onSubmit(text: string): Promise<void>;
  onEffect(effect: Exclude<EditorEffect, { kind: "submit" | "remember" }>): void;
  /** @returns whether the key is taken by something else, such as an approval card. */
  intercept?(key: EditorKey, state: EditorState): boolean;
}

export interface EditorView {
  readonly state: EditorState;
  readonly completion: Completion | null;
  /** The row of the menu that is chosen; null where no menu is to be shown. */
  readonly menuRow: number | null;
}

export interface Editor {
  push(bytes: Uint8Array): void;
  view(): EditorView;
  layout(width: number, maxRows: number): EditorLayout;
  /** Saves the draft; nothing is called any more. */
  close(): void;
}

/** Creates the editor with what a REPL that died left in its draft. */
export function createEditor(options: EditorOptions): Editor {
  const { history, draft } = options;
  const reader = createKeyReader();
  const stop = new AbortController();
  let state = draft.restored ?? EMPTY_EDITOR;
  let files: readonly string[] = [];
  let filesAsked = Number.NEGATIVE_INFINITY;
  let pause: NodeJS.Timeout | undefined;

  const completion = () => completionsFor(state, { ...options.sources(), files });

  function pressEach(keys: readonly EditorKey[]): void {
    for (const key of keys) {
      if (options.intercept?.(key, state)) continue;
      const step = pressKey(state, key, {
        history: history.entries(),
        completion: completion(),
        width: options.width(),
      });
      state = step.state;
      for (const effect of step.effects) carryOut(effect);
      draft.save(state);
      if (key.kind === "text" && key.text.includes("@")) readFiles();
    }
    if (keys.length > 0) options.onChange();
  }

  function carryOut(effect: EditorEffect): void {
    if (effect.kind === "submit") {
      history.add(effect.text);
      const release = draft.submitted(effect.text);
      void options.onSubmit(effect.text).then(release, release);
    } else if (effect.kind === "remember") history.add(effect.text);
    else options.onEffect(effect);
  }

  function readFiles(): void {
    if (performance.now() - filesAsked < FILES_AGE_MS) return;
    filesAsked = performance.now();
    void options.files.list(stop.signal).then((found) => {
      files = found;
      if (!stop.signal.aborted) options.onChange();
    });
  }

  return {
    push(bytes) {
      if (stop.signal.aborted) return;
      clearTimeout(pause);
      pressEach(reader.push(bytes));
      pause = setTimeout(() => pressEach(reader.flush()), ESCAPE_PAUSE_MS);
    },
    view() {
      const offered = completion();
      return { state, completion: offered, menuRow: menuRowOf(state, offered) };
    },
    layout: (width, maxRows) => layoutEditor(state, width, maxRows, maskOf(state, options.mask)),
    close() {
      stop.abort();
      clearTimeout(pause);
      draft.close();
    },
  };
}

/** Chips are folded here: what is in one is not drawn anyway. */
function maskOf({ text }: EditorState, mask: (text: string) => string): { readonly maskFrom?: number } {
  const masked = mask(text);
  if (masked === text) return {};
  let at = 0;
  while (at < text.length && text[at] === masked[at]) at++;
  return { maskFrom: at };
}
