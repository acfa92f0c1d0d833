import type { ApprovalView } from "@pm/core";
import { approvalText } from "../../render/approval-text.ts";
import { fit } from "../../render/fit.ts";
import { createPainter, type Painter } from "../../render/painter.ts";
import { wrapText } from "./wrap-text.ts";

const CHOICES = [
  "1 approve",
  "2 approve and continue",
  "3 show diff",
  "4 show evidence",
  "5 reject with a note",
  "6 later",
] as const;

/** @returns the whole of what is to be approved, nothing cut, as rows of at most `width` columns. */
export function cardText(card: ApprovalView, width: number): string[] {
  return approvalText(card, createPainter(false))
    .trimEnd()
    .split("\n")
    .flatMap((line) => wrapText(line, width));
}

/** @returns the numbered choices, as many beside each other as fit. */
export function choiceLines(width: number, paint: Painter): string[] {
  const lines: string[] = [];
  for (const choice of CHOICES) {
    const last = lines.at(-1);
    const together = `${last}   ${choice}`;
    if (last !== undefined && together.length <= width) lines[lines.length - 1] = together;
    else lines.push(fit(choice, width));
  }
  return lines.map(paint.bold);
}

/**
 * @returns the card in at most `height` rows, and whether its text has no room there: it must be in the scrollback then, and
 * the card keeps what is decided on, its digest and the choices.
 */
export function cardLines(
  card: ApprovalView,
  { width, height, paint }: { readonly width: number; readonly height: number; readonly paint: Painter },
): { readonly lines: readonly string[]; readonly needsScrollback: boolean } {
  const choices = choiceLines(width, paint);
  const text = cardText(card, width);
  if (text.length + choices.length <= height) {
    const [head = "", ...rest] = text;
    return { lines: [paint.yellow(head), ...rest, ...choices], needsScrollback: false };
  }
  const heads = [
    paint.yellow(fit(`Approve ${card.taskId}? It is shown in full above.`, width)),
    ...wrapText(`digest ${card.digest}`, width).map(paint.dim),
  ];
  const room = Math.max(1, height - choices.length);
  return { lines: [...heads.slice(0, room), ...choices], needsScrollback: true };
}
