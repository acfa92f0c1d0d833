/**
 * The editor as pure data: what a key does to it is a function. Positions count UTF-16 units and always stand between
 * grapheme clusters.
 *
 * Invariants:
 * E1 what was pasted is kept byte for byte, and sent whole, also where it is shown as a chip;
 * E2 no key loses text: Ctrl-C puts it into the history, Esc leaves it;
 * E3 the same keys give the same state, in however many chunks they arrive.
 */
export interface PastedText {
  /** Where its chip stands in `text`: one private-use character, U+E000 + index. */
  readonly mark: string;
  readonly content: string;
}

export interface EditorState {
  readonly text: string;
  readonly cursor: number;
  readonly pastes: readonly PastedText[];
  /** Null while the newest, unsent text is edited; else how far back in the history. */
  readonly historyIndex: number | null;
  /** What was typed before the history was walked. */
  readonly stash: string;
  /** Ctrl-R: the search word so far; null where none is under way. */
  readonly search: string | null;
}

/** A key or a paste, as the terminal's bytes are read. */
export type EditorKey =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "paste"; readonly text: string }
  | {
      readonly kind: "key";
      readonly name:
        | "enter"
        | "newline"
        | "backspace"
        | "delete"
        | "left"
        | "right"
        | "up"
        | "down"
        | "home"
        | "end"
        | "word-left"
        | "word-right"
        | "delete-word"
        | "delete-to-end"
        | "delete-to-start"
        | "tab"
        | "back-tab"
        | "escape"
        | "interrupt"
        | "end-of-input"
        | "search"
        | "clear-screen"
        | "page-up"
        | "page-down"
        | "undo";
    };

/** What the editor asks for beside its new state. */
export type EditorEffect =
  | { readonly kind: "submit"; readonly text: string }
  /** Ctrl-C on an empty editor, or Ctrl-D: twice ends. */
  | { readonly kind: "leave" }
  | { readonly kind: "interrupt" }
  | { readonly kind: "remember"; readonly text: string }
  | { readonly kind: "clear-screen" };

export interface EditorStep {
  readonly state: EditorState;
  readonly effects: readonly EditorEffect[];
}
