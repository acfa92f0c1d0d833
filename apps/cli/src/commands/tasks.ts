import { realpath } from "node:fs/promises";
import { type SessionSummary, stripToLine, type TaskResult } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { tableText } from "../render/table-text.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";
import { sessionOf } from "./session-of.ts";

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const engine = await context.services.engine();
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  if (args.positionals[0] !== undefined) {
    const { session_id, tasks } = await engine.status(await sessionOf(context, args, engine));
    if (style.json) io.stdout.write(jsonText({ session_id, tasks }));
    else if (style.quiet) io.stdout.write(tasks.map((task) => `${task.task_id}\n`).join(""));
    else if (tasks.length === 0) io.stdout.write(`${session_id} has no task yet.\n`);
    else io.stdout.write(tableText(taskRows(tasks), 4, width));
    return 0;
  }
  const given = args.value("project") !== undefined;
  const project = given
    ? await realpath(projectPath(io, args)).catch(() => projectPath(io, args))
    : undefined;
  const sessions = await engine.sessions(project);
  if (style.json) io.stdout.write(jsonText({ sessions }));
  else if (style.quiet) io.stdout.write(sessions.map((session) => `${session.session_id}\n`).join(""));
  else if (sessions.length === 0) {
    const where = project === undefined ? "" : ` in ${stripToLine(project)}`;
    const { bold } = createPainter(style.color.stdout);
    io.stdout.write(`No session yet${where}.\n${bold("Next")}  pm start "what to do"\n`);
  } else io.stdout.write(tableText(sessionRows(sessions), 4, width));
  return 0;
};

function sessionRows(sessions: readonly SessionSummary[]): string[][] {
  const rows = sessions.map((session) => [
    session.session_id,
    session.overall_status,
    session.opened_at.slice(0, 16).replace("T", " "),
    `${session.tasks.length}`,
    stripToLine(session.tasks[0]?.prompt ?? ""),
    stripToLine(session.project),
  ]);
  const all = [["SESSION", "STATUS", "OPENED (UTC)", "TASKS", "FIRST TASK", "PROJECT"], ...rows];
  // A column that says the same in every row only takes room from the task.
  const oneProject = new Set(sessions.map((session) => session.project)).size === 1;
  return oneProject ? all.map((row) => row.slice(0, -1)) : all;
}

function taskRows(tasks: readonly TaskResult[]): string[][] {
  const rows = tasks.map((task) => [
    task.task_id,
    task.status,
    task.phase ?? "-",
    task.landed ? "yes" : "no",
    stripToLine(task.prompt),
  ]);
  return [["TASK", "STATUS", "PHASE", "LANDED", "PROMPT"], ...rows];
}
