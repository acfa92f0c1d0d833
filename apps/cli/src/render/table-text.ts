import { fill, fit, widthOf } from "./fit.ts";

/**
 * Rows as aligned columns. `flexible` is the column that is cut where a row would be wider than `width`;
 * `width` is null where nothing is cut (not a terminal).
 */
export function tableText(
  rows: readonly (readonly string[])[],
  flexible: number,
  width: number | null,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  const gaps = 2 * (widths.length - 1);
  const fixed = widths.reduce((sum, size, index) => (index === flexible ? sum : sum + size), 0);
  if (width !== null) widths[flexible] = Math.min(widths[flexible] ?? 0, Math.max(8, width - fixed - gaps));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => fill(cell, widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return `${rows.map((row) => (width === null ? line(row) : fit(line(row), width))).join("\n")}\n`;
}

/** The table without its last column where that says the same in every row: then it only takes room from the others. */
export function dropEqualColumn(rows: readonly (readonly string[])[]): string[][] {
  const [, ...body] = rows;
  const equal = new Set(body.map((row) => row.at(-1))).size === 1;
  return rows.map((row) => (equal ? row.slice(0, -1) : [...row]));
}
