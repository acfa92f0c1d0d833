/**
 * Owns the last rows of a terminal, below what was printed for good. Talks to one output.
 *
 * Invariants:
 * 1 what `print` puts out is never drawn over; the region moves below it;
 * 2 a frame is one write, and an unchanged frame none, so nothing flickers;
 * 3 only the region's own rows are erased: the scrollback and what stood there before stay.
 */
import type { Output } from "../io.ts";
import { widthOf } from "../render/fit.ts";

export interface LiveRegion {
  /** Replaces the region; no lines takes it away. Lines are narrower than the terminal. */
  draw(lines: readonly string[]): void;
  /** Puts lines above the region, for good. */
  print(lines: readonly string[]): void;
}

export function createLiveRegion(output: Output): LiveRegion {
  let drawn: readonly string[] = [];
  let drawnColumns = output.columns();

  /** Goes to the start of the region and erases from there; the region is the last thing on the screen. */
  const erase = (): string => {
    if (drawn.length === 0) return "";
    // A terminal made narrower since has wrapped the rows that were drawn wider.
    const columns = Math.max(1, output.columns());
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return `${rows > 1 ? `\x1b[${rows - 1}A` : ""}\r\x1b[J`;
  };

  return {
    draw(lines) {
      const columns = output.columns();
      if (columns === drawnColumns && lines.join("\n") === drawn.join("\n")) return;
      const frame = erase() + lines.join("\n");
      drawn = [...lines];
      drawnColumns = columns;
      output.write(frame);
    },
    print(lines) {
      output.write(`${erase()}${lines.join("\n")}\n${drawn.join("\n")}`);
    },
  };
}
