import { settled } from "./edit.ts";
import type { EditorContext, EditorKey, EditorState, EditorStep } from "./editor-state.ts";
import { recall } from "./recall.ts";

/** Ctrl-R: the word is typed beside the text, which shows the newest entry that holds it. */
export function startSearch(state: EditorState): EditorState {
  const { text, cursor, historyIndex } = state;
  return { ...settled(state), search: "", searchMatch: null, beforeSearch: { text, cursor, historyIndex } };
}

/** @returns the state with the match, or where there is none what was there before, in the editor. */
export function acceptSearch(state: EditorState): EditorState {
  return { ...state, search: null, searchMatch: null, beforeSearch: null };
}

/** @returns null where no search is under way, or where `key` accepts the match and is then to be pressed as ever. */
export function pressInSearch(
  state: EditorState,
  key: EditorKey,
  { history }: EditorContext,
): EditorStep | null {
  const { search } = state;
  if (search === null) return null;
  if (key.kind !== "key") return only(find(state, search + key.text.replace(/\n/g, " "), history, 0));
  switch (key.name) {
    case "search":
      return only(find(state, search, history, state.searchMatch === null ? 0 : state.searchMatch + 1));
    case "backspace":
      return only(find(state, [...search].slice(0, -1).join(""), history, 0));
    case "escape":
    case "interrupt":
    case "end-of-input":
      return only(acceptSearch(beforeSearch(state)));
    case "tab":
      return only(acceptSearch(state));
    default:
      return null;
  }
}

/** The newest entry from `from` on; without an older one the match stays. */
function find(state: EditorState, word: string, history: readonly string[], from: number): EditorState {
  const needle = word.toLowerCase();
  const index = history.findIndex((entry, at) => at >= from && entry.toLowerCase().includes(needle));
  if (index !== -1 && (word !== "" || from > 0 || state.search === word)) {
    return { ...recall(beforeSearch(state), history, index), search: word, searchMatch: index };
  }
  if (from > 0) return state;
  return { ...beforeSearch(state), search: word, searchMatch: null };
}

function beforeSearch(state: EditorState): EditorState {
  const before = state.beforeSearch;
  if (before === null) return state;
  return { ...settled(state), ...before, stash: before.historyIndex === null ? "" : state.stash };
}

function only(state: EditorState): EditorStep {
  return { state, effects: [] };
}
