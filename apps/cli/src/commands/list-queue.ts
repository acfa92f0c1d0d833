import { type QueueState, type QueueTask, stripToLine, type TaskQueue } from "@pm/core";
import { integerOption } from "../command-line/integer-option.ts";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { type AskedTask, tasksById, tasksPage } from "../queue/tasks-page.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { dropEqualColumn, tableText } from "../render/table-text.ts";
import type { CommandContext } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";
import { projectPath } from "./project-path.ts";

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 50;

/** Prints tasks of the queue: of the namespace, or those that an id names. @throws E115, E410, E416 */
export async function listQueue(
  context: CommandContext,
  args: ParsedArguments,
  asked: AskedTask | undefined,
): Promise<void> {
  const { io, style, namespace, services } = context;
  const limit = integerOption("tasks", args, "limit", { min: 1, max: MAX_LIMIT }) ?? DEFAULT_LIMIT;
  const state = args.value("state") as QueueState | undefined;
  if (asked !== undefined && state !== undefined) {
    throw usageError("tasks", "--state filters the whole queue; leave out the id.");
  }
  const queue = await services.queue(namespace);
  const keys = await projectKeys(context, args, queue);
  const cursor = args.value("cursor");
  const { items: tasks, next_cursor } =
    asked === undefined
      ? await tasksPage(queue, keys, { state, limit, cursor })
      : await tasksById(queue, asked, { limit, ...(cursor !== undefined && { cursor }) });
  if (style.json) return void io.stdout.write(jsonText({ tasks, next_cursor }));
  if (style.quiet) return void io.stdout.write(tasks.map((task) => `${task.task_id}\n`).join(""));
  const { bold } = createPainter(style.color.stdout);
  if (tasks.length === 0 && next_cursor === null) {
    const which = state === undefined ? "No task" : `No ${state} task`;
    const next = inNamespace('pm start "what to do"', namespace);
    io.stdout.write(
      `${which}${keys === null ? "" : " of the project"} in the queue of namespace ${namespace}.\n${bold("Next")}  ${next}\n`,
    );
    return;
  }
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  io.stdout.write(queueTable(tasks, width));
  const [only] = tasks;
  if (asked !== undefined && tasks.length === 1 && only?.outcome != null) {
    io.stdout.write(`\n${stripToLine(only.outcome.message)}\n`);
    const next = inNamespace(only.outcome.next_action, namespace);
    if (next !== null) io.stdout.write(`${bold("Next")}  ${stripToLine(next)}\n`);
  }
  if (next_cursor !== null) io.stdout.write(`\nThere are more: add --cursor ${next_cursor}\n`);
}

async function projectKeys(
  { io, services }: CommandContext,
  args: ParsedArguments,
  queue: TaskQueue,
): Promise<ReadonlySet<string> | null> {
  if (args.value("project") === undefined) return null;
  const { claimKeys, ownKey, sharedKey } = await services.place(queue.engine, projectPath(io, args));
  return new Set([...claimKeys, ownKey, sharedKey]);
}

/** Columns that say the same in every row, or what the task's id says already, only take room from the prompt. */
function queueTable(tasks: readonly QueueTask[], width: number | null): string {
  const named = tasks.some(({ session, group_id }) => session !== null && session.session_id !== group_id);
  const sessionOf = (task: QueueTask) => (named ? [task.session?.session_id ?? "-"] : []);
  const head = ["TASK", "STATE", "SUBMITTED (UTC)", ...(named ? ["SESSION"] : []), "PROMPT", "PROJECT"];
  const rows = tasks.map((task) => [
    task.task_id,
    task.state,
    task.submitted_at.slice(0, 16).replace("T", " "),
    ...sessionOf(task),
    stripToLine(task.summary),
    stripToLine(task.project),
  ]);
  return tableText(dropEqualColumn([head, ...rows]), head.indexOf("PROMPT"), width);
}
