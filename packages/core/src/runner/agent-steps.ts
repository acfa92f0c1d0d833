/** What the agents of a session did, as its evidence proves it: enough to do it once more without them. Plain data. */
import type { TreeId } from "../evidence/change.ts";
import type { AgentRunRecord } from "../evidence/run-record.ts";
import type { TaskKind } from "../lifecycle/handover.ts";
import type { AgentPhase, Phase } from "../lifecycle/phases.ts";
import type { Status } from "../lifecycle/status.ts";
import type { Violation } from "../lifecycle/violation.ts";

export interface SessionSteps {
  readonly sessionId: string;
  readonly provider: string;
  readonly model: string | null;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly tasks: readonly TaskSteps[];
}

export interface TaskSteps {
  readonly taskId: string;
  /** What was asked for, as the journal has it; the engine takes it again as it is. */
  readonly input: {
    readonly prompt: string;
    readonly kind: TaskKind;
    readonly scope: readonly string[];
    readonly checks: readonly (readonly string[])[];
    readonly budgetUsd?: number;
  };
  readonly status: Status;
  /** What its agents started from; null where none ever did. */
  readonly base: TreeId | null;
  readonly result: TreeId | null;
  readonly isolation: "sandbox" | "process" | null;
  readonly phases: readonly { readonly phase: Phase; readonly outcome: string }[];
  readonly violations: readonly Violation[];
  /** What a person saw and accepted as it was, each time. */
  readonly accepted: readonly (readonly Violation[])[];
  readonly providerObjection: string | null;
  /** Why a replay has nothing that it could be compared with; null where it has. */
  readonly incomparable: string | null;
  /** In the order in which they ended; those of attempts that were given up are left out. */
  readonly steps: readonly AgentStep[];
}

export interface AgentStep {
  readonly phase: AgentPhase;
  readonly subtaskId: string | null;
  /** 2 is the re-ask. */
  readonly ask: number;
  readonly record: AgentRunRecord;
  /** The structured answer as it was given, usable or not; undefined where there was none. */
  readonly answer: unknown;
  /** What differs between the files it was given and those it left. */
  readonly edits: readonly FileEdit[];
}

/** One path. Modes are git's: 100644, 100755, 120000 (a symlink, whose content is its target). */
export type FileEdit =
  | { readonly path: string; readonly kind: "delete" }
  | {
      readonly path: string;
      readonly kind: "write";
      readonly content: Buffer;
      readonly mode: string;
      /** Null where nothing was there. */
      readonly oldMode: string | null;
    };
