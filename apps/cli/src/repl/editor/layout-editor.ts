import type { EditorState } from "./editor-state.ts";
import { rowOf, wrapRows } from "./wrap-rows.ts";

export interface EditorLayout {
  /** What to draw; none is wider than the width asked for, and none holds a control character. */
  readonly rows: readonly string[];
  /** For the terminal's own cursor; the column is always below the width. */
  readonly cursorRow: number;
  readonly cursorColumn: number;
  /** Rows that are scrolled out above and below. */
  readonly above: number;
  readonly below: number;
}

export interface LayoutOptions {
  /** Where in the text a secret begins: it is drawn as dots. */
  readonly maskFrom?: number;
}

/** @returns at least one and at most `maxRows` rows of the editor, around the cursor. `width` in columns, at least 1. */
export function layoutEditor(
  state: EditorState,
  width: number,
  maxRows: number,
  { maskFrom }: LayoutOptions = {},
): EditorLayout {
  const rows = wrapRows(state, Math.max(1, width), maskFrom);
  const cursor = rowOf(rows, state.cursor);
  const shown = Math.max(1, Math.min(maxRows, rows.length));
  const first = Math.max(0, Math.min(cursor.row - Math.floor(shown / 2), rows.length - shown));
  return {
    rows: rows.slice(first, first + shown).map(({ cells }) => cells.map(({ drawn }) => drawn).join("")),
    cursorRow: cursor.row - first,
    cursorColumn: Math.min(cursor.column, Math.max(1, width) - 1),
    above: first,
    below: rows.length - first - shown,
  };
}
