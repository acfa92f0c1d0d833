import { replace, settled } from "./edit.ts";
import { type EditorState, type EditorStep, EMPTY_EDITOR } from "./editor-state.ts";
import { unfold } from "./pastes.ts";

/** Submits the text; a backslash before the cursor makes it a line end instead, and blank text is nothing to send. */
export function enter(state: EditorState): EditorStep {
  const { text, cursor } = state;
  if (text.charAt(cursor - 1) === "\\") {
    return { state: replace(state, cursor - 1, cursor, "\n"), effects: [] };
  }
  const whole = unfold(state.pastes, text);
  if (whole.trim() === "") return { state: settled(state), effects: [] };
  return { state: EMPTY_EDITOR, effects: [{ kind: "submit", text: whole }] };
}
