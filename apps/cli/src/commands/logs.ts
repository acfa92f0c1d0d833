import { realpath } from "node:fs/promises";
import { type Engine, RunnerError, stripControl, stripToLine } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandContext, CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";
import { sessionOf } from "./session-of.ts";

const ARTIFACTS = ["report", "patch", "answer"] as const;

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const asked = ARTIFACTS.filter((name) => args.has(name));
  if (asked.length > 1) throw usageError("logs", "Give one of --report, --patch and --answer.");
  const engine = await context.services.engine(context.namespace);
  const id = await sessionOrNewest(context, args, engine);
  const taskId = args.positionals[1];
  const [name] = asked;
  if (name !== undefined) {
    const text = await engine.artifact(id, name, taskId);
    if (text === null) throw new RunnerError("E235", { id, name });
    if (style.json) io.stdout.write(jsonText({ session_id: id, name, text }));
    // A file or a pipe gets the bytes as they are, so that `git apply` works on a patch.
    else io.stdout.write(io.stdout.isTTY ? stripControl(text) : text);
    return 0;
  }
  const entries = await engine.logs(id, taskId);
  if (style.json) {
    io.stdout.write(jsonText({ session_id: id, entries }));
    return 0;
  }
  const { dim } = createPainter(style.color.stdout);
  const lines = entries.map((entry) => {
    const task = taskId === undefined && entry.task_id !== null ? `${entry.task_id}  ` : "";
    return `${dim(entry.at.slice(11, 19))}  ${task}${stripToLine(entry.line)}\n`;
  });
  io.stdout.write(lines.join(""));
  return 0;
};

async function sessionOrNewest(
  context: CommandContext,
  args: ParsedArguments,
  engine: Engine,
): Promise<string> {
  if (args.positionals[0] !== undefined) return sessionOf(context, args, engine);
  const path = projectPath(context.io, args);
  const [newest] = await engine.sessions(await realpath(path).catch(() => path));
  if (newest === undefined) throw new RunnerError("E201");
  return newest.session_id;
}
