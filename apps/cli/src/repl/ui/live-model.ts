/**
 * What the live region shows, as rows that are cut to the terminal: the components only put them below each other. Pure.
 *
 * Invariants:
 * 1 all rows together are at most `rows` − 2, and at least the editor's;
 * 2 no row is wider than `columns` − 1: a full last column makes terminals wrap;
 * 3 where there is too little room, what is left out is never the editor, the choices of a card or the status line.
 */
import { fit } from "../../render/fit.ts";
import type { Painter } from "../../render/painter.ts";
import type { ReplView } from "../controller/repl-controller.ts";
import type { Editor } from "../editor/create-editor.ts";
import { cardLines } from "./card-lines.ts";
import { menuLines } from "./menu-lines.ts";
import { activityLine, logLines, shownTask, stripLines, waitingLines } from "./run-lines.ts";
import type { Frame, Size } from "./screen.ts";
import { statusLine } from "./status-line.ts";
import { wrapText } from "./wrap-text.ts";

export interface LiveInput {
  readonly view: ReplView;
  readonly editor: Pick<Editor, "view" | "layout">;
  readonly size: Size;
  /** Milliseconds of the monotonic clock. */
  readonly now: number;
  readonly paint: Painter;
  /** Takes the place of the status line for a while; null where nothing is to be said. */
  readonly hint: string | null;
  /** Why a card is rejected is being typed. */
  readonly noting: boolean;
}

export interface LiveModel {
  readonly strip: readonly string[];
  readonly activity: readonly string[];
  readonly log: readonly string[];
  readonly waiting: readonly string[];
  readonly card: readonly string[];
  readonly banner: readonly string[];
  readonly menu: readonly string[];
  readonly editor: readonly string[];
  readonly status: readonly string[];
  readonly cursor: Frame["cursor"];
  /** The card's text has no room here: it must be in the scrollback. */
  readonly cardNeedsScrollback: boolean;
}

/** From top to bottom. */
export const SECTIONS = [
  "strip",
  "activity",
  "log",
  "waiting",
  "card",
  "banner",
  "menu",
  "editor",
  "status",
] as const satisfies readonly (keyof LiveModel)[];

/** Columns of the prompt before each row of the editor. */
export const PROMPT_COLUMNS = 2;
const EDITOR_ROWS = 6;
const MENU_ROWS = 6;
const BANNER_ROWS = 2;

/** @returns columns of the editor's text. */
export function editorWidth({ columns }: Size): number {
  return Math.max(1, columns - 1 - PROMPT_COLUMNS);
}

export function liveModel(input: LiveInput): LiveModel {
  const { view, size, now, paint, hint } = input;
  const { columns } = size;
  const width = Math.max(1, columns - 1);
  const style = { columns, now, paint };
  let room = Math.max(1, size.rows - 2);
  const take = (lines: readonly string[], most = room): readonly string[] => {
    const taken = lines.slice(0, Math.max(0, Math.min(most, room)));
    room -= taken.length;
    return taken;
  };

  const state = input.editor.view();
  const head = editorHead(input, state.state.search, width);
  const text = input.editor.layout(
    editorWidth(size),
    Math.max(1, Math.min(EDITOR_ROWS, Math.ceil(room / 2) - head.length)),
  );
  const editor = take([...head, ...promptedRows(text.rows, paint)]);
  const status = take(room > 0 ? [paint.dim(fit(hint ?? statusLine(view, width), width))] : []);
  const task = shownTask(view);
  const strip = take(task === undefined ? [] : stripLines(task, style), room > 4 ? 1 : 0);
  const found = view.approval === null ? null : cardLines(view.approval, { width, height: room, paint });
  const card = take(found?.lines ?? []);
  const banner = take(bannerLines(view.keySetup, width, paint), BANNER_ROWS);
  const menu = take(menuLines(state, { width, height: Math.min(MENU_ROWS, room), paint }));
  const activity = take(task === undefined ? [] : [activityLine(task, style)]);
  const waiting = take(waitingLines(view, style));
  const log = take(task === undefined || found !== null ? [] : logLines(task, style));

  const sections = { strip, activity, log, waiting, card, banner, menu, editor, status };
  const above = SECTIONS.slice(0, SECTIONS.indexOf("editor")).reduce(
    (sum, name) => sum + sections[name].length,
    0,
  );
  const row = Math.min(editor.length - 1, head.length + text.cursorRow);
  return {
    ...sections,
    cursor: { row: above + row, column: Math.min(width, PROMPT_COLUMNS + text.cursorColumn) },
    cardNeedsScrollback: found?.needsScrollback ?? false,
  };
}

function editorHead({ noting, paint }: LiveInput, search: string | null, width: number): string[] {
  if (search !== null) return [paint.dim(fit(`search in history: ${search}`, width))];
  if (noting) return [paint.dim(fit("Why is it rejected? Enter sends, Esc goes back.", width))];
  return [];
}

function promptedRows(rows: readonly string[], paint: Painter): string[] {
  return rows.map((row, index) => (index === 0 ? `${paint.bold("›")} ${row}` : `  ${row}`));
}

/** Why it is so stands in the scrollback. */
function bannerLines(reason: string | null, width: number, paint: Painter): string[] {
  if (reason === null) return [];
  return wrapText("Key Setup Mode: only /help, /keys, /provider and /exit work.", width).map(paint.yellow);
}
