/**
 * The editor as pure data: what a key does to it is a function. Positions count UTF-16 units and always stand between
 * grapheme clusters.
 *
 * Invariants:
 * E1 what was pasted is kept byte for byte (line ends are LF), and sent whole, also where it is shown as a chip;
 * E2 no key loses text: Ctrl-C puts it into the history, Esc leaves it, what the history takes the place of comes back or is
 *    put into the history too, and undo brings back what was deleted;
 * E3 the same bytes give the same keys, in however many chunks they arrive.
 */
export interface PastedText {
  /** Where its chip stands in `text`: one private-use character that stands for nothing else. */
  readonly mark: string;
  readonly content: string;
  /** As drawn: `[Pasted 312 lines, 41.2 KB]`. */
  readonly label: string;
}

export interface EditorSnapshot {
  readonly text: string;
  readonly cursor: number;
}

export interface EditorState {
  readonly text: string;
  readonly cursor: number;
  /** Grows only, until a submit: undo may bring a chip back. */
  readonly pastes: readonly PastedText[];
  /** Null while the newest, unsent text is edited; else how far back in the history. */
  readonly historyIndex: number | null;
  /** What was typed before the history was walked. */
  readonly stash: string;
  /** Ctrl-R: the search word so far; null where none is under way. `text` is the match meanwhile. */
  readonly search: EditorSearch["word"] | null;
  /** Where the match stands in the history; null where nothing matches, or nothing is searched. */
  readonly searchMatch: number | null;
  /** What Esc goes back to. */
  readonly beforeSearch: EditorSearch["before"] | null;
  /** The row of the completion menu that up and down went to; null while they were not used. */
  readonly menuRow: number | null;
  /** Esc closed the menu; typing opens it again. */
  readonly menuClosed: boolean;
  /** The column that up and down aim at. */
  readonly goalColumn: number | null;
  /** What Ctrl-K, Ctrl-U and Ctrl-W took, for Ctrl-Y. */
  readonly killed: string;
  /** Oldest first. */
  readonly undo: readonly EditorSnapshot[];
  /** Whether the last key was typing, which undo takes back by the word. */
  readonly typing: boolean;
}

interface EditorSearch {
  readonly word: string;
  readonly before: EditorSnapshot & { readonly historyIndex: number | null };
}

export const EMPTY_EDITOR: EditorState = {
  text: "",
  cursor: 0,
  pastes: [],
  historyIndex: null,
  stash: "",
  search: null,
  searchMatch: null,
  beforeSearch: null,
  menuRow: null,
  menuClosed: false,
  goalColumn: null,
  killed: "",
  undo: [],
  typing: false,
};

export type EditorKeyName =
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
  | "delete-word-right"
  | "delete-to-end"
  | "delete-to-start"
  | "yank"
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

/** A key or a paste, as the terminal's bytes are read. */
export type EditorKey =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "paste"; readonly text: string }
  | { readonly kind: "key"; readonly name: EditorKeyName };

/** What the editor asks for beside its new state. */
export type EditorEffect =
  /** The whole text, chips unfolded; who submits it puts it into the history too, unless it is secret. */
  | { readonly kind: "submit"; readonly text: string }
  /** Ctrl-C on an empty editor, or Ctrl-D: twice ends. */
  | { readonly kind: "leave" }
  | { readonly kind: "interrupt" }
  /** For the history: it was taken out of the editor without being sent. */
  | { readonly kind: "remember"; readonly text: string }
  | { readonly kind: "clear-screen" };

export interface EditorStep {
  readonly state: EditorState;
  readonly effects: readonly EditorEffect[];
}

/** What a key may need beside the state. */
export interface EditorContext {
  /** Newest first. */
  readonly history: readonly string[];
  /** What `completionsFor` gave for this very state; null where there is nothing to complete. */
  readonly completion: Completion | null;
  /** Columns the text is wrapped to, for up and down; without it they go by lines. */
  readonly width?: number;
}

export interface Completion {
  /** The part of `text` an item takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly kind: "command" | "argument" | "file";
  /** Best first; may be empty where there is only a hint. */
  readonly items: readonly CompletionItem[];
  /** The arguments still to be typed, such as `<id>`. */
  readonly hint: string | null;
}

export interface CompletionItem {
  readonly label: string;
  readonly summary: string;
  /** The arguments, as in help. */
  readonly hint: string;
  readonly insert: string;
  /** Whether it is complete as inserted, and Enter may submit it at once. */
  readonly whole: boolean;
}
