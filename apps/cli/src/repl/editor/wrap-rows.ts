import stringWidth from "string-width";
import { clustersOf, isChip } from "./clusters.ts";
import type { EditorState } from "./editor-state.ts";

const TAB = 4;

export interface WrappedRow {
  /** Where in the text it begins. */
  readonly start: number;
  readonly cells: readonly WrappedCell[];
  readonly width: number;
  /** Where in the text it ends; where it ends softly, that position is drawn at the beginning of the next row. */
  readonly end: number;
  readonly soft: boolean;
}

export interface WrappedCell {
  readonly at: number;
  readonly column: number;
  readonly width: number;
  readonly drawn: string;
}

/**
 * @returns the rows of the text at `width` columns. Nothing is wider than a row, and the cursor always has a cell: where a full
 * row ends the line, the cursor at its end stands on a row of its own.
 * @param maskFrom what begins there is drawn as dots
 */
export function wrapRows(
  state: EditorState,
  width: number,
  maskFrom = Number.POSITIVE_INFINITY,
): readonly WrappedRow[] {
  const rows: WrappedRow[] = [];
  let cells: WrappedCell[] = [];
  let start = 0;
  let column = 0;
  const close = (end: number, soft: boolean, next: number) => {
    rows.push({ start, cells, width: column, end, soft });
    cells = [];
    start = next;
    column = 0;
  };
  const endLine = (end: number, next: number) => {
    if (column >= width && state.cursor === end) close(end, true, end);
    close(end, false, next);
  };
  for (const [at, cluster] of clustersOf(state, 0, state.text.length)) {
    if (cluster === "\n") {
      endLine(at, at + 1);
      continue;
    }
    let cell = draw(state, at, cluster, column, width, at >= maskFrom);
    if (column + cell.width > width && column > 0) {
      close(at, true, at);
      cell = draw(state, at, cluster, 0, width, at >= maskFrom);
    }
    cells.push({ at, column, ...cell });
    column += cell.width;
  }
  endLine(state.text.length, state.text.length);
  return rows;
}

/** @returns the row and the column a position is drawn at. */
export function rowOf(rows: readonly WrappedRow[], position: number): { row: number; column: number } {
  let row = 0;
  for (const [index, { start }] of rows.entries()) {
    if (start > position) break;
    row = index;
  }
  const found = rows[row];
  const cell = found?.cells.find(({ at }) => at >= position);
  return { row, column: cell?.column ?? found?.width ?? 0 };
}

/** @returns the position in `row` that is nearest before `column`. */
export function offsetAt(row: WrappedRow, column: number): number {
  if (column >= row.width && !row.soft) return row.end;
  return row.cells.findLast((cell) => cell.column <= column)?.at ?? row.start;
}

function draw(
  state: EditorState,
  at: number,
  cluster: string,
  column: number,
  width: number,
  masked: boolean,
): { readonly drawn: string; readonly width: number } {
  if (masked) return { drawn: "•", width: 1 };
  if (/^[ -~]$/.test(cluster)) return { drawn: cluster, width: 1 };
  if (cluster === "\t") {
    const spaces = Math.min(TAB - (column % TAB), Number.isFinite(width) ? width : TAB);
    return { drawn: " ".repeat(spaces), width: spaces };
  }
  const drawn = isChip(state, at) ? labelOf(state, cluster) : visible(cluster);
  const size = stringWidth(drawn);
  return size <= width ? { drawn, width: size } : shortened(drawn, width);
}

function labelOf(state: EditorState, mark: string): string {
  return state.pastes.find((paste) => paste.mark === mark)?.label ?? mark;
}

function shortened(drawn: string, width: number): { readonly drawn: string; readonly width: number } {
  const isAscii = /^[ -~]+$/.test(drawn);
  return isAscii ? { drawn: `${drawn.slice(0, width - 1)}…`, width } : { drawn: "…", width: 1 };
}

/** Control characters are shown, never sent to the terminal; neither are those that turn the direction of text. */
function visible(cluster: string): string {
  return cluster
    .replace(/[\x00-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421")
    .replace(/[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/gu, "\ufffd");
}
