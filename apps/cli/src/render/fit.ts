import stringWidth from "string-width";

/** Columns that `text` takes in a terminal; colours take none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

const segmenter = new Intl.Segmenter();

/** @returns `text`, without colours, cut to `width` columns with an ellipsis. */
export function fit(text: string, width: number): string {
  if (width <= 0) return "";
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const size = widthOf(segment);
    if (used + size > width - 1) break;
    kept += segment;
    used += size;
  }
  return `${kept.trimEnd()}…`;
}

/** @returns `text` cut or filled up to exactly `width` columns. */
export function fill(text: string, width: number): string {
  const cut = fit(text, width);
  return cut + " ".repeat(Math.max(0, width - widthOf(cut)));
}
