import { stripControl } from "@pm/core";
import { approvalText } from "../../render/approval-text.ts";
import { tookTime } from "../../render/duration.ts";
import { errorText } from "../../render/error-text.ts";
import { createPainter, type Painter } from "../../render/painter.ts";
import { resultText } from "../../render/result-text.ts";
import { tableText } from "../../render/table-text.ts";
import type { ReplItem, ReplView } from "../controller/repl-controller.ts";

/** How much of long output is shown before and after what is left out. */
const HEAD = 12;
const TAIL = 8;

export interface ItemStyle {
  /** Colours; none by default. */
  readonly paint?: Painter;
  /** Whether what is long is cut to head and tail; true by default. */
  readonly collapse?: boolean;
}

const PLAIN = createPainter(false);

/**
 * An item as lines of text, for append-only output and for the scrollback. Harmless for a terminal.
 * @param width in columns: tables are cut to it; null: nothing is cut
 */
export function itemLines(item: ReplItem, width: number | null, style: ItemStyle = {}): string[] {
  const paint = style.paint ?? PLAIN;
  switch (item.kind) {
    case "input":
      return stripControl(item.text)
        .split("\n")
        .map((line, index) => `${index === 0 ? ">" : " "} ${line}`);
    case "text":
      return item.lines.map(stripControl);
    case "notice":
      return [paint.dim(stripControl(item.text))];
    case "error":
      return linesOf(errorText(item.report, paint));
    case "table":
      return tableLines(item.rows, width, paint);
    case "result":
      return linesOf(resultText(item.result, paint));
    case "phase": {
      const took = item.mark === "skipped" ? "" : ` (${tookTime(item.seconds * 1000)})`;
      const sign = { passed: paint.green("✓"), failed: paint.red("✗") };
      const shown = (sign as Partial<Record<string, string>>)[item.mark] ?? paint.dim("–");
      return [`${shown} ${item.phase} ${item.mark}${paint.dim(took)}`];
    }
    case "long":
      return longLines(item, paint, style.collapse ?? true);
    default:
      return item satisfies never;
  }
}

/** The card that asks for a decision, whole. */
export function approvalLines(card: NonNullable<ReplView["approval"]>, paint: Painter = PLAIN): string[] {
  return linesOf(approvalText(card, paint));
}

function longLines(
  { title, lines, more }: Extract<ReplItem, { kind: "long" }>,
  paint: Painter,
  collapse: boolean,
): string[] {
  const all = lines.map(stripControl);
  const head = paint.bold(`${stripControl(title)} (${all.length} ${all.length === 1 ? "line" : "lines"})`);
  const left = all.length - HEAD - TAIL;
  // One line in place of one or two would say less.
  if (!collapse || left <= 2) return [head, ...all];
  const cut = paint.dim(`… ${left} lines left out; all of them: ${stripControl(more)}`);
  return [head, ...all.slice(0, HEAD), cut, ...all.slice(-TAIL)];
}

function tableLines(rows: readonly (readonly string[])[], width: number | null, paint: Painter): string[] {
  const clean = rows.map((row) => row.map((cell) => stripControl(cell).replace(/\s+/g, " ")));
  const last = Math.max(0, (clean[0]?.length ?? 1) - 1);
  // What is cut is the widest column: ids and states are short.
  const widths = Array.from({ length: last + 1 }, (_, column) =>
    Math.max(...clean.map((row) => (row[column] ?? "").length)),
  );
  const flexible = widths.indexOf(Math.max(...widths));
  const [head = "", ...body] = linesOf(tableText(clean, flexible, width));
  return [paint.dim(head), ...body];
}

const linesOf = (text: string) => text.replace(/\n$/, "").split("\n");
