import { widthOf } from "../../render/fit.ts";

const segmenter = new Intl.Segmenter();

/** @returns `line`, without colours, as rows of at most `width` columns; nothing is left out but the blank it breaks at. */
export function wrapText(line: string, width: number): string[] {
  const rows: string[] = [];
  let row = "";
  let used = 0;
  const close = () => {
    rows.push(row.trimEnd());
    row = "";
    used = 0;
  };
  for (const word of line.split(/(?<=\s)(?=\S)/u)) {
    const size = widthOf(word.trimEnd());
    if (used > 0 && used + size > width && size <= width) close();
    for (const { segment } of segmenter.segment(word)) {
      const columns = widthOf(segment);
      if (used + columns > width) {
        close();
        if (segment.trim() === "") continue;
      }
      row += segment;
      used += columns;
    }
  }
  close();
  return rows;
}
