import { snap } from "./clusters.ts";
import type { EditorState } from "./editor-state.ts";
import { asInserted } from "./pastes.ts";

const MAX_UNDO = 200;

/** @returns the state after something that was no typing: the menu and the column aimed at are as new. */
export function settled(state: EditorState): EditorState {
  return { ...state, goalColumn: null, menuRow: null, typing: false };
}

/** @returns the state with the cursor at `at`, or at the end of the cluster there. */
export function moveTo(state: EditorState, at: number): EditorState {
  return { ...settled(state), cursor: snap(state, at) };
}

/** @returns the state with `start` to `end` replaced and the cursor after it; undo goes back to before. */
export function replace(state: EditorState, start: number, end: number, text: string): EditorState {
  const inserted = asInserted(state, text);
  return splice(remembering(state), start, end, inserted.text, inserted.pastes);
}

/** @returns the state with `text`, whose marks stand for chips already, at the cursor. */
export function insertRaw(state: EditorState, text: string): EditorState {
  return splice(remembering(state), state.cursor, state.cursor, text, state.pastes);
}

/** @returns the state with typed text at the cursor; undo takes it back by the word, however it came. */
export function type(state: EditorState, text: string): EditorState {
  let typed = state;
  for (const piece of text.split(/(?<=\s)(?=\S)/u)) {
    const before = typed.text.slice(0, typed.cursor);
    const wordBegins = /\s$/u.test(before.slice(-1)) && /^\S/u.test(piece);
    const inserted = asInserted(typed, piece);
    const kept = typed.typing && !wordBegins ? typed : remembering(typed);
    typed = { ...splice(kept, typed.cursor, typed.cursor, inserted.text, inserted.pastes), typing: true };
  }
  return typed;
}

/** @returns the state as it was before the last change. */
export function undo(state: EditorState): EditorState {
  const last = state.undo.at(-1);
  if (last === undefined) return settled(state);
  return { ...edited(state), text: last.text, cursor: last.cursor, undo: state.undo.slice(0, -1) };
}

/** @returns the state, which undo will come back to. */
export function remembering(state: EditorState): EditorState {
  const { text, cursor } = state;
  if (state.undo.at(-1)?.text === text) return state;
  return { ...state, undo: [...state.undo, { text, cursor }].slice(-MAX_UNDO) };
}

function splice(
  state: EditorState,
  start: number,
  end: number,
  inserted: string,
  pastes: EditorState["pastes"],
): EditorState {
  const text = state.text.slice(0, start) + inserted + state.text.slice(end);
  // What is inserted may join what stands beside it to one cluster.
  const cursor = snap({ text, pastes }, start + inserted.length);
  return { ...edited(state), text, pastes, cursor };
}

/** What is changed is no entry of the history any more, and completion begins anew. */
function edited(state: EditorState): EditorState {
  return { ...settled(state), historyIndex: null, stash: "", menuClosed: false };
}
