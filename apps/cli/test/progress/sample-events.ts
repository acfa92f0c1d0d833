import { type EngineEvent, type JournalEvent, PHASES } from "@pm/core";
import { violation } from "../fake-engine.ts";

let seq = 0;

export function journal(event: JournalEvent): EngineEvent {
  seq += 1;
  return { kind: "journal", seq, at: "2026-01-02T03:04:05.000Z", event };
}

export function activity(detail: string): EngineEvent {
  return {
    kind: "activity",
    taskId: "task-1",
    runId: "run-1",
    activity: { kind: "tool", name: "Bash", detail },
  };
}

const task = (id: string, prompt: string) =>
  journal({ type: "task.submitted", task_id: id, prompt, kind: "change", scope: [], checks: [] });

const opened: readonly EngineEvent[] = [
  journal({
    type: "session.opened",
    session_id: "session-1a",
    project: "/work",
    pm_version: "1.2.3",
    provider: "replay",
    model: null,
  }),
  journal({
    type: "session.attached",
    fence: 1,
    pid: 1,
    pm_version: "1.2.3",
    isolation: "sandbox",
    settings: { name: "settings", sha256: "0".repeat(64), bytes: 2, encoding: "identity" },
  }),
];

/** A session of two tasks; QA of the second one fails. */
export function sampleRun(): EngineEvent[] {
  const events = [...opened, task("task-1", "Add a \x1b[31mflag"), task("task-2", "Document it")];
  for (const task_id of ["task-1", "task-2"]) {
    for (const phase of PHASES) {
      events.push(
        journal({ type: "phase.started", task_id, phase, attempt: 1 }),
        activity(`npm run ${phase}\x07`),
      );
      const failed = task_id === "task-2" && phase === "QA";
      const end = { task_id, phase, attempt: 1 };
      if (failed) events.push(journal({ type: "phase.failed", ...end, violations: [violation] }));
      else events.push(journal({ type: "phase.passed", ...end, evidence: [] }));
    }
    events.push(
      journal({ type: "task.ended", task_id, status: task_id === "task-1" ? "COMPLETE" : "INCOMPLETE" }),
    );
  }
  return events;
}
