import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";

export const run: CommandRun = async ({ io, style, services }, args) => {
  const report = await services.init(projectPath(io, args));
  if (style.json) {
    io.stdout.write(jsonText(report));
    return 0;
  }
  const paint = createPainter(style.color.stdout);
  const head = report.created.length === 0 ? "Nothing to create; everything is there" : "Initialised";
  const lines = [
    `${paint.bold(head)}: ${report.project}`,
    ...report.created.map((path) => `  ${paint.green("created")}  ${path}`),
    ...report.kept.map((path) => `  ${paint.dim("kept")}     ${path}`),
    `${paint.bold("Next")}  pm validate --project ${report.project}`,
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
  return 0;
};
