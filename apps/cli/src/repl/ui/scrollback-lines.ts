import type { Painter } from "../../render/painter.ts";
import type { ReplItem } from "../controller/repl-controller.ts";
import { itemLines } from "../plain/item-lines.ts";
import { wrapText } from "./wrap-text.ts";

/** Prose; what else there is may be code, a patch or a path that is copied, and is left to the terminal as it is. */
const PROSE: ReadonlySet<ReplItem["kind"]> = new Set(["notice", "error"]);

/** @returns an item for the scrollback of a terminal of so many columns. */
export function scrollbackLines(item: ReplItem, columns: number, paint: Painter): readonly string[] {
  const width = Math.max(1, columns - 1);
  const lines = itemLines(item, width, { paint });
  if (item.kind === "input") return lines.map((line, index) => (index === 0 ? paint.bold(line) : line));
  return PROSE.has(item.kind) ? lines.flatMap((line) => wrapText(line, width)) : lines;
}
