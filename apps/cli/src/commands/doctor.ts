import { stripToLine } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";

export const run: CommandRun = async ({ io, style, services, namespace }, args) => {
  const checks = await services.doctor(projectPath(io, args), namespace);
  const ok = checks.every((check) => check.outcome !== "fail");
  if (style.json) {
    io.stdout.write(jsonText({ ok, checks }));
    return ok ? 0 : 1;
  }
  const paint = createPainter(style.color.stdout);
  const sign = { ok: paint.green("✓"), warn: paint.yellow("!"), fail: paint.red("✗") };
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = checks.map(({ name, outcome, detail, fix }) => {
    const head = `${sign[outcome]} ${name.padEnd(width)}  ${stripToLine(detail)}`;
    return fix === null ? head : `${head}\n${" ".repeat(width + 4)}Fix: ${stripToLine(fix)}`;
  });
  io.stdout.write(`${lines.join("\n")}\n`);
  return ok ? 0 : 1;
};
