/**
 * Owns the last rows of the terminal: the live region, with the terminal's own cursor in it. Talks to one output.
 *
 * Invariants:
 * 1 what is printed is written once, above the region, and never touched again; it scrolls away as output does;
 * 2 a frame is one write, of the rows that changed; an unchanged frame is none;
 * 3 only the region's own rows are erased, from its top down: never the screen, never the scrollback;
 * 4 after a resize the region is found where a terminal that wraps its rows anew has put it.
 */
import { widthOf } from "../../render/fit.ts";

export interface Frame {
  /** None is wider than the terminal, and there are fewer than it has rows. */
  readonly lines: readonly string[];
  /** Row in `lines`, and column. */
  readonly cursor: { readonly row: number; readonly column: number };
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Screen {
  /** Prints `above` for good and draws the region below it, in one write. */
  update(above: readonly string[], frame: Frame): void;
  /** Scrolls what is visible away, so that the region is at the top; nothing is lost. */
  scrollAway(): void;
  /** Takes the region away; the cursor is where it began. */
  erase(): void;
  /** What stands there is no longer ours (after a suspension): the next frame is drawn whole. */
  forget(): void;
}

const NOTHING: Frame = { lines: [], cursor: { row: 0, column: 0 } };
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";

/** @param size what the terminal measures at this moment */
export function createScreen(write: (text: string) => void, size: () => Size): Screen {
  let drawn = NOTHING;
  let drawnAt: Size = size();

  /** From the cursor to the region's first row; a terminal made narrower has wrapped what was drawn wider. */
  function toTop(columns: number): string {
    const { lines, cursor } = drawn;
    const rowsAbove = lines
      .slice(0, cursor.row)
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return `${vertical(-(rowsAbove + Math.floor(cursor.column / columns)))}\r`;
  }

  /** Its first row by itself: erasing from the screen's first cell on makes tmux keep what was there as scrollback. */
  function eraseRegion(columns: number): string {
    const { lines } = drawn;
    if (lines.length === 0) return "";
    const isOneRow = lines.length === 1 && widthOf(lines[0] ?? "") <= columns;
    return `${toTop(columns)}\x1b[K${isOneRow ? "" : "\x1b[1B\x1b[J\x1b[1A"}`;
  }

  function whole(above: readonly string[], frame: Frame, columns: number): string {
    const printed = above.map((line) => `${harmless(line)}\r\n`).join("");
    return `${eraseRegion(columns)}${printed}${frame.lines.join("\r\n")}${place(frame, frame.lines.length - 1)}`;
  }

  return {
    update(above, frame) {
      const now = size();
      const isSame = now.columns === drawnAt.columns && now.rows === drawnAt.rows && drawn.lines.length > 0;
      const text = isSame && above.length === 0 ? changes(drawn, frame) : whole(above, frame, now.columns);
      drawn = frame;
      drawnAt = now;
      if (text !== "") write(`${BEGIN}${text}${END}`);
    },
    scrollAway() {
      const { columns, rows } = size();
      write(`${eraseRegion(columns)}${"\r\n".repeat(rows)}\x1b[H`);
      drawn = NOTHING;
    },
    erase() {
      const text = eraseRegion(Math.max(1, size().columns));
      if (text !== "") write(text);
      drawn = NOTHING;
    },
    forget() {
      drawn = NOTHING;
    },
  };
}

/** What makes `next` of `before`, from cursor to cursor. */
function changes(before: Frame, next: Frame): string {
  let text = "";
  let row = before.cursor.row;
  for (const [index, line] of next.lines.entries()) {
    if (line === before.lines[index]) continue;
    if (index < before.lines.length) text += `${vertical(index - row)}\r${line}\x1b[K`;
    // A row that was not there: the line feed makes it, where the region ends at the bottom too.
    else text += `${vertical(index - 1 - row)}\r\n${line}`;
    row = index;
  }
  if (next.lines.length < before.lines.length) {
    text += `${vertical(next.lines.length - row)}\r\x1b[J`;
    row = next.lines.length;
  }
  const { cursor } = next;
  if (text === "" && cursor.row === before.cursor.row && cursor.column === before.cursor.column) return "";
  return text + place(next, row);
}

/** Moves the cursor from a row of the frame to where the frame wants it. */
function place({ cursor }: Frame, row: number): string {
  return `${vertical(cursor.row - row)}\r${cursor.column > 0 ? `\x1b[${cursor.column}C` : ""}`;
}

function vertical(rows: number): string {
  if (rows === 0) return "";
  return rows < 0 ? `\x1b[${-rows}A` : `\x1b[${rows}B`;
}

/** Only colours are let through: nothing that is printed moves the cursor or erases. */
function harmless(line: string): string {
  return line.replace(/\x1b\[[0-9;:]*m|\p{Cc}/gu, (found) =>
    found.length > 1 || found === "\t" ? found : "",
  );
}
