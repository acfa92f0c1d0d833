import { widthOf } from "../../src/render/fit.ts";

/**
 * As much of a terminal as the live region uses: text, wrapping, CR, LF, cursor up, erase below.
 * Anything else that would steer a terminal is an error.
 */
export function createScreen(columns: number) {
  const rows: string[] = [""];
  let row = 0;
  let column = 0;
  return {
    write(text: string) {
      const plain = text.replace(/\x1b\[\d+m/g, "");
      for (const [part] of plain.matchAll(/\x1b\[(\d*)([A-Z])|[\s\S]/gu)) {
        const command = /^\x1b\[(\d*)([A-Z])$/.exec(part);
        if (command?.[2] === "A") {
          row = Math.max(0, row - Number(command[1] || 1));
        } else if (command?.[2] === "J") {
          rows.length = row + 1;
          rows[row] = (rows[row] ?? "").slice(0, column);
        } else if (part === "\r") {
          column = 0;
        } else if (part === "\n") {
          row += 1;
          column = 0;
          rows[row] ??= "";
        } else if (part < " ") {
          throw new Error(`the terminal was sent ${JSON.stringify(part)}`);
        } else {
          if (column >= columns) {
            row += 1;
            column = 0;
            rows[row] ??= "";
          }
          const line = rows[row] ?? "";
          rows[row] = line.slice(0, column) + part + line.slice(column + 1);
          column += widthOf(part);
        }
      }
    },
    rows: () => rows.map((line) => line.trimEnd()),
  };
}
