import { stripToLine } from "@pm/core";
import { renderUnicodeCompact } from "uqr";
import type { Output } from "../io.ts";
import { createPainter } from "../render/painter.ts";
import type { WebRecord } from "./web-record.ts";

/** Lines that stand around a code, and are to be seen with it. */
const LINES_BESIDE = 3;
/** Whatever the terminal's own colours are: cameras need dark on light. */
const DARK_ON_LIGHT = "\x1b[30;107m";

export interface HeadingStyle {
  readonly output: Pick<Output, "columns" | "rows" | "isTTY">;
  readonly color: boolean;
}

/** @returns where a server is and what it does, as `pm web` prints it. */
export function headingLines(
  { url, project, namespace }: WebRecord,
  worker: string,
  { color }: HeadingStyle,
): string[] {
  const { bold } = createPainter(color);
  return [
    `${bold("Web UI")}   ${bold(url)}`,
    `${bold("Project")}  ${stripToLine(project)}`,
    `${bold("Queue")}    namespace ${namespace}`,
    `${bold("Worker")}   ${worker}`,
  ];
}

/** @param code whether the link leads to this machine from elsewhere: then a phone may want a picture of it */
export function loginLines(loginUrl: string, code: boolean, style: HeadingStyle): string[] {
  const { bold } = createPainter(style.color);
  const lines = [`${bold("Log in")}   ${loginUrl}`, "         The link works once, within 60 s."];
  return code ? [...lines, ...codeLines(loginUrl, style)] : lines;
}

/** Nothing where it has no room: half a code is none. */
function codeLines(text: string, { output, color }: HeadingStyle): string[] {
  if (!output.isTTY) return [];
  // It draws what is light; without colours that suits the usual dark terminal.
  const rows = renderUnicodeCompact(text, { border: 2, invert: color }).split("\n");
  const width = Math.max(...rows.map((row) => row.length));
  if (width > output.columns() || rows.length + LINES_BESIDE > output.rows()) return [];
  return color ? rows.map((row) => `${DARK_ON_LIGHT}${row.padEnd(width)}\x1b[0m`) : rows;
}
