import { stripToLine, type TaskView } from "@pm/core";
import type { Log } from "../../contract/evidence.ts";

/** Every log that a task's evidence names, in the order in which they came to be; empty ones are left out. */
export function listLogs(view: TaskView): Log[] {
  const runs = view.runs.flatMap((run) => {
    const who = `${inWords(run.phase)}${run.subtask_id === null ? "" : ` ${run.subtask_id}`}${again(run)}`;
    return [
      logOf(run.prompt, "prompt", run.phase, `${who}: what the agent was asked`),
      logOf(run.transcript, "transcript", run.phase, `${who}: what the agent did`),
      logOf(run.answer, "answer", run.phase, `${who}: what the agent answered`),
    ].flat();
  });
  const commands = view.commands.flatMap(({ argv, on, phase, stdout, stderr }) => {
    const what = `${argv.join(" ")} on the ${on}`;
    return [
      ...logOf(stdout, "stdout", phase, `${what}: output`),
      ...logOf(stderr, "stderr", phase, `${what}: error output`),
    ];
  });
  return [...runs, ...commands];
}

type Ref = TaskView["runs"][number]["transcript"];

function logOf(ref: Ref, kind: Log["kind"], phase: string, title: string): Log[] {
  if (ref === null || ref.bytes === 0) return [];
  return [{ log_id: ref.sha256, title: stripToLine(title).slice(0, 300), kind, phase, bytes: ref.bytes }];
}

function again({ attempt, ask }: { readonly attempt: number; readonly ask: number }): string {
  const words = [attempt > 1 && `attempt ${attempt}`, ask > 1 && `ask ${ask}`].filter(Boolean);
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

/** `REQUIREMENT_ANALYSIS` → `Requirement analysis` */
const inWords = (phase: string) => phase.charAt(0) + phase.slice(1).toLowerCase().replaceAll("_", " ");
