import { realpath } from "node:fs/promises";
import { type Engine, type SessionSummary, stripToLine, type TaskResult } from "@pm/core";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { dropEqualColumn, tableText } from "../render/table-text.ts";
import type { CommandContext } from "./command.ts";
import { projectPath } from "./project-path.ts";

/** Prints the sessions that the home folder knows, of one project where one is given. Opens no queue. */
export async function listSessions(
  { io, style }: CommandContext,
  args: ParsedArguments,
  engine: Engine,
): Promise<void> {
  const given = args.value("project") !== undefined;
  const project = given
    ? await realpath(projectPath(io, args)).catch(() => projectPath(io, args))
    : undefined;
  const sessions = await engine.sessions(project);
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  if (style.json) io.stdout.write(jsonText({ sessions }));
  else if (style.quiet) io.stdout.write(sessions.map((session) => `${session.session_id}\n`).join(""));
  else if (sessions.length === 0) {
    const where = project === undefined ? "" : ` in ${stripToLine(project)}`;
    const { bold } = createPainter(style.color.stdout);
    io.stdout.write(`No session yet${where}.\n${bold("Next")}  pm start "what to do"\n`);
  } else io.stdout.write(tableText(sessionRows(sessions), 4, width));
}

/** Prints the tasks that a session has, as its evidence knows them. */
export async function listTasksOfSession(
  { io, style }: CommandContext,
  sessionId: string,
  engine: Engine,
): Promise<void> {
  const { session_id, tasks } = await engine.status(sessionId);
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  if (style.json) io.stdout.write(jsonText({ session_id, tasks }));
  else if (style.quiet) io.stdout.write(tasks.map((task) => `${task.task_id}\n`).join(""));
  else if (tasks.length === 0) io.stdout.write(`${session_id} has no task yet.\n`);
  else io.stdout.write(tableText(taskRows(tasks), 4, width));
}

function sessionRows(sessions: readonly SessionSummary[]): string[][] {
  const rows = sessions.map((session) => [
    session.session_id,
    session.overall_status,
    session.opened_at.slice(0, 16).replace("T", " "),
    `${session.tasks.length}`,
    stripToLine(session.tasks[0]?.prompt ?? ""),
    stripToLine(session.project),
  ]);
  return dropEqualColumn([["SESSION", "STATUS", "OPENED (UTC)", "TASKS", "FIRST TASK", "PROJECT"], ...rows]);
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
