import type { EngineEvent } from "@pm/core";
import type { ProgressState } from "../../progress/progress-state.ts";
import type { ReplItem } from "./repl-controller.ts";

const MARKS = { "phase.passed": "passed", "phase.failed": "failed", "phase.skipped": "skipped" } as const;

/** @param before the state of the run before `event`. @returns an item where the event ended a phase, else null */
export function phaseItem(
  taskId: string,
  before: ProgressState,
  event: EngineEvent,
  now: number,
): Extract<ReplItem, { kind: "phase" }> | null {
  if (event.kind !== "journal") return null;
  const fact = event.event;
  const took = (phase: string) => (before.running?.phase === phase ? (now - before.running.since) / 1000 : 0);
  if (fact.type === "task.ended") {
    if (before.running?.phase !== "REPORT") return null;
    return { kind: "phase", taskId, phase: "REPORT", mark: "passed", seconds: took("REPORT") };
  }
  if (fact.type !== "phase.passed" && fact.type !== "phase.failed" && fact.type !== "phase.skipped")
    return null;
  return { kind: "phase", taskId, phase: fact.phase, mark: MARKS[fact.type], seconds: took(fact.phase) };
}
