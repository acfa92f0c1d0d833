import { settled } from "./edit.ts";
import type { EditorState } from "./editor-state.ts";
import { asInserted } from "./pastes.ts";

/**
 * @returns the state with entry `index` of the history in it; what was typed waits in the stash. The menu is closed, for its
 * arrows are those of the history.
 */
export function recall(state: EditorState, history: readonly string[], index: number): EditorState {
  const stash = state.historyIndex === null ? state.text : state.stash;
  const { text, pastes } = asInserted({ ...state, stash }, history[index] ?? "");
  return {
    ...settled(state),
    text,
    pastes,
    cursor: text.length,
    historyIndex: index,
    stash,
    menuClosed: true,
  };
}

/** @returns the state with what was typed before the history was walked. */
export function backToTyped(state: EditorState): EditorState {
  return { ...settled(state), text: state.stash, cursor: state.stash.length, historyIndex: null, stash: "" };
}
