import { type ExecutionResult, stripToLine } from "@pm/core";
import { createPainter } from "../render/painter.ts";
import type { CommandContext } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";
import { printResult } from "./print-result.ts";

/**
 * Says where tasks wait that were only put into the queue.
 * @param place of the queue
 */
export function printDetached(context: CommandContext, result: ExecutionResult, place: string): void {
  const { io, style, namespace } = context;
  if (style.json) {
    printResult(context, result);
    return;
  }
  const { bold, yellow } = createPainter(style.color.stdout);
  const count = result.tasks.length === 1 ? "1 task waits" : `${result.tasks.length} tasks wait`;
  const lines = [
    `${bold(yellow("QUEUED"))}  ${result.session_id}`,
    `${count} for a worker, in the queue of namespace ${namespace}.`,
    "",
    ...result.tasks.map((task) => `  ${task.task_id}  ${stripToLine(task.prompt)}`),
    "",
    `${bold("Queue")}  ${stripToLine(place)}`,
    `${bold("Next")}   ${stripToLine(inNamespace(result.next_action, namespace) ?? "pm queue status")}`,
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
}
