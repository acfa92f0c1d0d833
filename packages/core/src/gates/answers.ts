import type { Phase } from "../lifecycle/phases.ts";
import type { TaskEvidence } from "./task-evidence.ts";

/** The person asked for an answer, or the analysis says that no change is asked for. Such a task needs a human's word. */
export function isAnswer({ kind, requirements }: TaskEvidence): boolean {
  return kind === "answer" || requirements?.kind === "answer";
}

/** An answer whose phase was recorded as not asked for: then there is nothing of that phase to judge. */
export function skippedForAnswer(evidence: TaskEvidence, phase: Phase): boolean {
  return (
    isAnswer(evidence) &&
    evidence.phases.some((record) => record.phase === phase && record.outcome === "skipped")
  );
}
