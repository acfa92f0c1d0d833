/**
 * Owns the output of a worker. Talks to the terminal, and asks the queue how a task ended.
 *
 * Invariants:
 * 1 what is told stands in the order of the events, although the end of a task is looked up;
 * 2 nothing is told before `open`, nor after `close` has resolved;
 * 3 the same trouble is told once, until something else was told.
 */
import type { TaskOutcome } from "@pm/core";
import type { WorkerEvent } from "@pm/queue";
import type { CommandContext } from "../commands/command.ts";
import { inNamespace } from "../commands/in-namespace.ts";
import { errorText } from "../render/error-text.ts";
import { jsonLine } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { workerLine } from "./worker-line.ts";

export interface WorkerLog {
  onEvent(event: WorkerEvent): void;
  /** Lines for people, or one object with `--json`; the first thing that is told. Without lines nothing is. */
  open(lines: readonly string[], fields: Readonly<Record<string, unknown>>): void;
  /** Something about the worker itself. */
  say(line: string, fields: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

/** @param outcomeOf how a task ended, as the queue has it */
export function createWorkerLog(
  { io, style, namespace }: CommandContext,
  outcomeOf: (taskId: string) => Promise<TaskOutcome | null>,
): WorkerLog {
  const paint = createPainter(style.color.stdout);
  let begin = () => {};
  let printing = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let lastTrouble = "";

  const time = () => io.now().toISOString();
  const tell = (line: string, fields: Readonly<Record<string, unknown>>) => {
    if (style.json) io.stdout.write(jsonLine({ at: time(), ...fields }));
    else if (!style.quiet) io.stdout.write(`${line}\n`);
  };

  async function print(event: WorkerEvent): Promise<void> {
    if (event.kind === "trouble") {
      const report = event.error.toReport();
      const trouble = `${report.code} ${report.message}`;
      if (trouble === lastTrouble) return;
      lastTrouble = trouble;
      if (style.json) tell("", { kind: "trouble", error: report });
      else io.stderr.write(errorText(report, createPainter(style.color.stderr)));
      return;
    }
    // Where the queue can't say it, the event's own words do.
    const found = event.kind === "ended" ? await outcomeOf(event.taskId).catch(() => null) : null;
    const outcome = found && { ...found, next_action: inNamespace(found.next_action, namespace) };
    const told = workerLine(event, outcome);
    if (told === null) return;
    lastTrouble = "";
    tell(`${paint.dim(time().slice(11, 19))}  ${told.taskId}  ${told.text}`, told.fields);
  }

  return {
    onEvent(event) {
      printing = printing.then(() => print(event));
    },
    open(lines, fields) {
      if (lines.length > 0) tell(lines.join("\n"), fields);
      begin();
    },
    say(line, fields) {
      if (style.json) tell("", fields);
      else if (!style.quiet) io.stderr.write(`${line}\n`);
    },
    async close() {
      begin();
      await printing;
    },
  };
}
