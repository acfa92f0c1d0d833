/**
 * All that the gates may look at: one task's evidence, folded from its journal lines and blobs by `loadTaskEvidence`.
 * The engine and `pm verify` build it the same way, so that the same files always give the same status.
 */
import type { ChangeSet } from "../evidence/change.ts";
import type { EventOf } from "../evidence/events.ts";
import type { Plan, Requirements, Subtasks, TaskKind } from "../lifecycle/handover.ts";
import type { Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { Settings } from "../project/settings.ts";

export interface PhaseRecord {
  readonly phase: Phase;
  readonly attempt: number;
  readonly outcome: "started" | "passed" | "failed" | "skipped";
  /** Sequence numbers of its first and last journal line. */
  readonly startedSeq: number;
  readonly endedSeq: number | null;
}

export interface ExecutedTest {
  readonly name: string;
  readonly passed: boolean;
  /** Its name without the file; there where a runner's own report tells them apart. */
  readonly title?: string;
}

export type CommandRecord = Omit<EventOf<"command.ran">, "type" | "task_id"> & {
  /** QA only, once there is a result: the tests that passed or failed; all by a report, else as the output names them. */
  readonly executed?: readonly ExecutedTest[];
};
export type CheckRecord = Omit<EventOf<"check.evaluated">, "type" | "task_id">;
export type RunEvidence = Omit<EventOf<"run.ended">, "type" | "task_id">;

export interface TaskEvidence {
  readonly sessionId: string;
  readonly taskId: string;
  readonly prompt: string;
  /** The least that the person accepts as proof. */
  readonly kind: TaskKind;
  /** Glob patterns that the person named with `--scope`. */
  readonly personScope: readonly string[];
  /** The person's own `--check` commands; their records have the ids U1, U2, … */
  readonly personChecks: readonly (readonly string[])[];
  readonly settings: Settings;
  /** Of the current attempt only, in journal order; COMPLETION_VALIDATION itself is `started`. */
  readonly phases: readonly PhaseRecord[];
  /** Ended runs of the current attempt, superseded ones (re-asked) included. */
  readonly runs: readonly RunEvidence[];
  /** Runs that started and have no end. */
  readonly openRuns: readonly { readonly run_id: string; readonly phase: Phase }[];
  readonly providerObjection: string | null;
  readonly requirements: Requirements | null;
  readonly subtasks: Subtasks | null;
  readonly plan: Plan | null;
  /** Base to result, as captured (or merged with what the user did meanwhile). Null before EXECUTION ended. */
  readonly change: ChangeSet | null;
  readonly commands: readonly CommandRecord[];
  readonly checks: readonly CheckRecord[];
  /** Processes found alive after an agent run or command, killed. */
  readonly survivors: number;
  /** Sum of the durations of EXECUTION's runs, in seconds. */
  readonly executionSeconds: number;
  readonly waivers: readonly { readonly digest: string; readonly violations: readonly Violation[] }[];
}

/** A gate is pure and can only lower a status: what it returns are reasons against COMPLETE. */
export interface Gate {
  readonly name: string;
  /** One line for docs: what makes it object. */
  readonly objectsTo: string;
  evaluate(evidence: TaskEvidence): Violation[];
}
