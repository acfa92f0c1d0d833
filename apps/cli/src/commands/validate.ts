import { stripToLine } from "@pm/core";
import { errorReport, errorText } from "../render/error-text.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";

export const run: CommandRun = async ({ io, style, services }, args) => {
  const { project, problems } = await services.validate(projectPath(io, args));
  const [first, ...others] = problems.map(errorReport);
  if (style.json) {
    io.stdout.write(jsonText(first === undefined ? { valid: true, project } : { error: first, others }));
  } else if (first === undefined) {
    const { green, bold } = createPainter(style.color.stdout);
    io.stdout.write(`${bold(green("VALID"))}  ${stripToLine(project)}\n`);
  } else {
    const paint = createPainter(style.color.stderr);
    io.stderr.write([first, ...others].map((report) => errorText(report, paint)).join(""));
  }
  return first === undefined ? 0 : 1;
};
