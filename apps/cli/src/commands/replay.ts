import { stripToLine } from "@pm/core";
import { INTERRUPTED, watchInterrupts } from "../interruption.ts";
import { createProgress, type Progress } from "../progress/progress.ts";
import type { ReplayReport, TaskReplay } from "../recordings/replay-report.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter, type Painter } from "../render/painter.ts";
import { paintStatus } from "../render/result-text.ts";
import type { CommandRun } from "./command.ts";
import { sessionOf } from "./session-of.ts";

export const run: CommandRun = async (context, args) => {
  const { io, style, services } = context;
  const engine = await services.engine(context.namespace);
  const sessionId = await sessionOf(context, args, engine);
  let progress: Progress = createProgress(context);
  const interruption = watchInterrupts(io, (signal) => {
    progress.say(`${signal}: stopping the replay; once more ends at once.`);
  });
  try {
    const report = await services.replay(engine, sessionId, {
      signal: interruption.signal,
      onEvent: (event) => progress.onEvent(event),
      onTask({ id, prompt }) {
        progress.close();
        progress = createProgress(context);
        progress.say(`Replaying ${id}: ${stripToLine(prompt)}`);
      },
    });
    progress.close();
    io.stdout.write(style.json ? jsonText(report) : reportText(report, createPainter(style.color.stdout)));
    if (interruption.signal.aborted) return INTERRUPTED;
    return report.same ? 0 : 1;
  } finally {
    progress.close();
    interruption.done();
  }
};

function reportText({ session_id, same, tasks }: ReplayReport, paint: Painter): string {
  const lines = same
    ? [
        `${paint.bold(paint.green("SAME"))}  ${session_id}`,
        "Replayed from its evidence, it comes to the status that is on record.",
      ]
    : [
        `${paint.bold(paint.red("NOT THE SAME"))}  ${session_id}`,
        "Replayed from its evidence, it does not come to what is on record, or can't be compared.",
      ];
  lines.push("", ...tasks.flatMap((task) => taskLines(task, paint)));
  return `${lines.join("\n")}\n`;
}

function taskLines(task: TaskReplay, paint: Painter): string[] {
  const recorded = paintStatus(task.recorded, paint);
  const outcome =
    task.replayed === null || task.verdict === "same"
      ? recorded
      : `${recorded} on record, replayed ${paintStatus(task.replayed, paint)}`;
  return [
    `  ${task.task_id}  ${task.verdict}: ${outcome}`,
    `    ${stripToLine(task.prompt).slice(0, 200)}`,
    ...(task.reason === null ? [] : [`    ${stripToLine(task.reason)}`]),
    ...task.notes.map((note) => `    Note: ${stripToLine(note)}`),
  ];
}
