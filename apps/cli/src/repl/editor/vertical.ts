import { moveTo } from "./edit.ts";
import type { EditorContext, EditorState } from "./editor-state.ts";
import { backToTyped, recall } from "./recall.ts";
import { offsetAt, rowOf, wrapRows } from "./wrap-rows.ts";

/** @returns the state a row further, or with another entry of the history where there is no row further. */
export function moveVertically(
  state: EditorState,
  direction: "up" | "down",
  { history, width = Number.POSITIVE_INFINITY }: EditorContext,
): EditorState {
  const rows = wrapRows(state, width);
  const at = rowOf(rows, state.cursor);
  const target = rows[at.row + (direction === "up" ? -1 : 1)];
  if (target !== undefined) {
    const goalColumn = state.goalColumn ?? at.column;
    return { ...moveTo(state, offsetAt(target, goalColumn)), goalColumn };
  }
  const index = state.historyIndex;
  if (direction === "down") {
    if (index === null) return moveTo(state, state.text.length);
    return index === 0 ? backToTyped(state) : recall(state, history, index - 1);
  }
  const older = index === null ? 0 : index + 1;
  return older < history.length ? recall(state, history, older) : moveTo(state, 0);
}
