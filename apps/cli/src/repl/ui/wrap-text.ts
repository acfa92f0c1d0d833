import { widthOf } from "../../render/fit.ts";

const segmenter = new Intl.Segmenter();
const COLOR = /(\x1b\[[0-9;]*m)/;

/**
 * @returns `line` as rows of at most `width` columns, broken at blanks where that can be, each further row indented as the
 * first one is. Nothing is left out but the blanks it breaks at; colours go on from row to row.
 */
export function wrapText(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const margin = indent.length < width / 2 ? indent : "";
  const rows: string[] = [];
  let row = "";
  let used = 0;
  const close = () => {
    rows.push(row.trimEnd());
    row = margin;
    used = margin.length;
  };
  for (const word of line.split(/(?<=\s)(?=\S)/u)) {
    const size = widthOf(word.trimEnd());
    if (used > margin.length && used + size > width && size <= width - margin.length) close();
    for (const [index, part] of word.split(COLOR).entries()) {
      if (index % 2 === 1) {
        row += part;
        continue;
      }
      for (const { segment } of segmenter.segment(part)) {
        const columns = widthOf(segment);
        if (used + columns > width) {
          close();
          if (segment.trim() === "") continue;
        }
        row += segment;
        used += columns;
      }
    }
  }
  close();
  return rows;
}
