import type { CheckRecord, CommandRecord, PhaseRecord, RunEvidence } from "../gates/task-evidence.ts";
import type { Phase } from "../lifecycle/phases.ts";
import type { Status } from "../lifecycle/status.ts";
import type { LifecycleState } from "../lifecycle/transitions.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { BlobRef } from "./blob-ref.ts";
import type { TreeId } from "./change.ts";
import type { EventOf } from "./events.ts";
import type { TaskUsage } from "./task-usage.ts";

export interface OpenRun {
  readonly run_id: string;
  readonly phase: Phase;
  readonly subtask_id: string | null;
}

/** What is known of one task; everything of an attempt that was given up is left out. */
export interface TaskState {
  readonly submitted: EventOf<"task.submitted">;
  at: LifecycleState;
  /** Counts approvals to go on and merges; events of one attempt carry its number. */
  attempt: number;
  base: TreeId | null;
  phases: PhaseRecord[];
  runs: RunEvidence[];
  openRuns: OpenRun[];
  providerObjection: string | null;
  /** `requirements.json`, `subtasks.json`, `plan.json` and what else phases handed on, by name. */
  documents: Map<string, BlobRef>;
  subtaskTrees: Map<string, TreeId>;
  result: { tree: TreeId; changes: BlobRef; patch: BlobRef | null } | null;
  commands: CommandRecord[];
  checks: CheckRecord[];
  survivors: number;
  /** Wall time of EXECUTION, ISO 8601. */
  execution: { startedAt: string; endedAt: string | null } | null;
  gates: { violations: Violation[]; waived: Violation[] } | null;
  /** Of phases, landing and the machine; gates' are in `gates`. */
  failures: Violation[];
  approvals: EventOf<"approval.given">[];
  /** The last approval, where nothing came of it yet, and the task as it was before it. */
  unused: { approval: EventOf<"approval.given">; before: TaskState } | null;
  landing: { from: TreeId; to: TreeId } | null;
  landed: boolean;
  /** How often the result was merged with what the user did meanwhile. */
  merges: number;
  /** After a landing conflict: the project as it was then. */
  conflictedWith: TreeId | null;
  interrupted: boolean;
  /** What interrupted it, where it was no person. */
  interruptedBy: Violation[];
  cancelled: boolean;
  report: { markdown: BlobRef; json: BlobRef } | null;
  /** Of all attempts. */
  usage: TaskUsage;
  /** The least of all attempts; null before the first phase. */
  isolation: "sandbox" | "process" | null;
  status: Status;
}

export interface SessionState {
  opened: EventOf<"session.opened"> | null;
  /** The process that took the session last. */
  attached: EventOf<"session.attached"> | null;
  openedAt: string | null;
  endedAt: string | null;
  tasks: Map<string, TaskState>;
}
