import { isRunnerError, type LogEntry, RunnerError, stripControl, stripToLine } from "@pm/core";
import { resultHere } from "../controller/next-step.ts";
import type { ReplItem } from "../controller/repl-controller.ts";
import type { ReplCommand, ReplContext } from "./repl-command.ts";

type Run = ReplCommand["run"];

const WHOLE_LINES = 400;

export const status: Run = async (context) => {
  const engine = await context.engine();
  context.print({ kind: "result", result: resultHere(await engine.status(context.session())) });
};

export const tasks: Run = async (context) => {
  const id = context.session();
  const engine = await context.engine();
  const { tasks: known } = await engine.status(id);
  const refs = await engine.refs(id).catch(() => []);
  const begun = known.map((task) => [task.task_id, task.status, task.phase ?? "", stripToLine(task.prompt)]);
  // Those that wait are no part of the session yet.
  const listed = new Set([...known.map((task) => task.task_id), ...refs.map(({ ref }) => ref)]);
  const isListed = (taskId: string) =>
    [...listed].some((ref) => ref === taskId || ref.endsWith(`/${taskId}`));
  const waiting = context
    .view()
    .waiting.filter(({ taskId }) => taskId.startsWith(`${id}.`) && !isListed(taskId))
    .map(({ taskId, state, summary }) => [taskId, state, "", summary]);
  if (begun.length + waiting.length === 0) {
    context.print({ kind: "text", lines: [`${id} has no task yet. Type what is to be done.`] });
    return;
  }
  context.print({ kind: "table", rows: [["Task", "Status", "Phase", "What"], ...begun, ...waiting] });
};

export const logs: Run = async (context, [taskId]) => {
  const id = context.session();
  const engine = await context.engine();
  const asked = taskId === undefined ? undefined : await engineTask(context, id, taskId);
  const entries = await engine.logs(id, asked);
  if (asked === undefined) return listLogs(context, id, entries);
  const { tasks: known } = await engine.status(id);
  const task = known.find((candidate) => candidate.task_id === asked);
  if (task === undefined) throw new RunnerError("E203", { id: `${taskId} in ${id}` });
  const lines = [
    `${task.task_id}  ${task.status}${task.phase === null ? "" : ` in ${task.phase}`}`,
    ...stripControl(task.prompt).split("\n"),
    ...entries.map((entry) => `${entry.at.slice(11, 19)}  ${stripToLine(entry.line)}`),
  ];
  context.print(askedFor({ title: `Log of ${asked}`, lines, more: `pm logs ${id} ${asked}` }));
};

function listLogs(context: ReplContext, id: string, entries: readonly LogEntry[]): void {
  const byTask = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    if (entry.task_id !== null) byTask.set(entry.task_id, (byTask.get(entry.task_id) ?? []).concat(entry));
  }
  const rows = [...byTask].map(([task, list]) => [
    task,
    String(list.length),
    stripToLine(list.at(-1)?.line ?? ""),
  ]);
  if (rows.length === 0) context.print({ kind: "text", lines: [`${id} has no task yet.`] });
  else context.print({ kind: "table", rows: [["Task", "Lines", "Last"], ...rows] });
}

/** A task may be named as the queue names it. */
async function engineTask(context: ReplContext, sessionId: string, taskId: string): Promise<string> {
  const refs = await (await context.engine()).refs(sessionId);
  return refs.find(({ ref }) => ref.endsWith(`/${taskId}`))?.task_id ?? taskId;
}

export const diff: Run = async (context) => {
  const id = context.session();
  const patch = await (await context.engine()).artifact(id, "patch");
  if (patch === null || patch === "") throw new RunnerError("E235", { id, name: "patch" });
  printDiff(context, id, patch);
};

export function printDiff(context: Pick<ReplContext, "print">, id: string, patch: string): void {
  const lines = stripControl(patch).trimEnd().split("\n");
  context.print(askedFor({ title: `Diff of ${id}`, lines, more: `pm logs ${id} --patch` }));
}

/** What somebody asked to see is shown whole, unless it would push everything else out of the scrollback. */
export function askedFor(long: Omit<Extract<ReplItem, { kind: "long" }>, "kind">): ReplItem {
  if (long.lines.length > WHOLE_LINES) return { kind: "long", ...long };
  return { kind: "text", lines: [`${long.title} (${long.lines.length} lines)`, ...long.lines] };
}

export const verify: Run = async (context) => {
  const report = await (await context.engine()).verify(context.session());
  const size = `journal lines: ${report.lines}, files: ${report.files}, bytes: ${report.bytes}`;
  const head = report.ok
    ? [
        `VERIFIED  ${report.session_id}`,
        `The evidence is whole (${size}) and proves the status ${report.overall_status}.`,
      ]
    : [`DAMAGED  ${report.session_id}`, `The evidence can't be trusted (${size}).`];
  const problems = report.problems.map(
    ({ code, where, message }) => `  ${code} ${stripToLine(where)}: ${stripToLine(message)}`,
  );
  const notes = report.notes.map((note) => `  Note: ${stripToLine(note)}`);
  context.print({ kind: "text", lines: [...head, ...problems, ...notes] });
};

export const cancel: Run = async (context) => {
  const id = context.session();
  const engine = await context.engine();
  try {
    context.print({ kind: "result", result: resultHere(await engine.cancel(id)) });
  } catch (error) {
    if (!isRunnerError(error, "E204")) throw error;
    context.print({ kind: "text", lines: [`Nothing to cancel: ${error.message}`] });
  }
};
