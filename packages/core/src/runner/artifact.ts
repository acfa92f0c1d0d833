import type { TaskState } from "../evidence/session-state.ts";
import { requirementsSchema } from "../lifecycle/handover.ts";
import type { SessionReading } from "./read-session.ts";

/** A piece of a task's evidence as text; of the last task that has one where none is named. */
export function artifactOf(
  reading: SessionReading,
  name: "report" | "patch" | "answer",
  taskId?: string,
): string | null {
  const tasks = [...reading.state.tasks.values()].filter(
    (task) => !taskId || task.submitted.task_id === taskId,
  );
  for (const task of tasks.reverse()) {
    const text = READERS[name](reading, task);
    if (text !== null) return text;
  }
  return null;
}

const READERS: Readonly<
  Record<"report" | "patch" | "answer", (reading: SessionReading, task: TaskState) => string | null>
> = {
  report: (reading, task) => (task.report ? reading.read(task.report.markdown) : null),
  patch: (reading, task) => (task.result?.patch ? reading.read(task.result.patch) : null),
  answer(reading, task) {
    const ref = task.documents.get("requirements.json");
    return ref ? (requirementsSchema.parse(JSON.parse(reading.read(ref))).answer ?? null) : null;
  },
};
