import { PHASES, type Phase, type TaskSteps } from "@pm/core";
import type { TaskReplay } from "./replay-report.ts";

/** What a task that was replayed came to, beside what is on record of it. */
export function compareTasks(recorded: TaskSteps, replayed: TaskSteps): TaskReplay {
  const same = recorded.status === replayed.status;
  return {
    task_id: recorded.taskId,
    prompt: recorded.input.prompt,
    recorded: recorded.status,
    replayed: replayed.status,
    verdict: same ? "same" : "different",
    reason: same ? null : firstDifference(recorded, replayed),
    notes: same ? notesOf(recorded, replayed) : [],
  };
}

function firstDifference(recorded: TaskSteps, replayed: TaskSteps): string {
  if (recorded.base !== replayed.base) return "it started from another tree";
  const codes = codesOf(replayed);
  for (const phase of PHASES) {
    const [before, now] = [outcomeOf(recorded, phase), outcomeOf(replayed, phase)];
    if (before !== now) return `${phase} ${now} instead of ${before}${codes === "" ? "" : ` (${codes})`}`;
  }
  return `${codes || "no violation"} instead of ${codesOf(recorded) || "no violation"}`;
}

function notesOf(recorded: TaskSteps, replayed: TaskSteps): string[] {
  const notes: string[] = [];
  if (codesOf(recorded) !== codesOf(replayed))
    notes.push(`${codesOf(replayed) || "no violation"} instead of ${codesOf(recorded) || "no violation"}`);
  if (recorded.result !== replayed.result) notes.push("the result is another tree");
  if (recorded.isolation !== replayed.isolation)
    notes.push(`isolation ${replayed.isolation} instead of ${recorded.isolation}`);
  return notes;
}

const outcomeOf = ({ phases }: TaskSteps, phase: Phase) =>
  phases.findLast((record) => record.phase === phase)?.outcome ?? "not reached";

const codesOf = ({ violations }: TaskSteps) =>
  [...new Set(violations.map(({ code }) => code))].sort().join(", ");
