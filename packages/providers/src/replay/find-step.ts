import type { AgentPhase, FinishedRun } from "@pm/core";
import type { RecordedStep, Recording } from "./recording.ts";

export interface StepKey {
  readonly task: string;
  readonly phase: AgentPhase;
  readonly subtaskId: string | null;
  readonly attempt: number;
}

/**
 * A step is looked up by what it belongs to, never by a cursor, so that a resumed process plays the right one.
 * @returns null where the recording has none.
 */
export function findStep(recording: Recording, key: StepKey): RecordedStep | null {
  return stepsOf(recording, key.task).find((step) => plays(step, key)) ?? null;
}

/** @returns names of the steps that no finished run played. */
export function leftOverSteps(recording: Recording, task: string, runs: readonly FinishedRun[]): string[] {
  return stepsOf(recording, task)
    .filter((step) => !runs.some((run) => plays(step, run)))
    .map((step) => nameRun(step.phase, step.subtask ?? null, step.attempt ?? 1));
}

/** `EXECUTION S2, attempt 1`, as people read it. */
export function nameRun(phase: string, subtaskId: string | null, attempt: number): string {
  return `${phase}${subtaskId === null ? "" : ` ${subtaskId}`}, attempt ${attempt}`;
}

function stepsOf(recording: Recording, task: string): readonly RecordedStep[] {
  return recording.tasks.find((candidate) => candidate.prompt.trim() === task.trim())?.steps ?? [];
}

function plays(step: RecordedStep, run: FinishedRun): boolean {
  return (
    step.phase === run.phase &&
    (step.subtask ?? null) === run.subtaskId &&
    (step.attempt ?? 1) === run.attempt
  );
}
