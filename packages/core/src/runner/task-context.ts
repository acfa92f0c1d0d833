import type { BlobRef } from "../evidence/blob-ref.ts";
import type { TreeId } from "../evidence/change.ts";
import type { JournalEvent } from "../evidence/events.ts";
import type { SessionState, TaskState } from "../evidence/session-state.ts";
import type { Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { Clock, Ids } from "../ports/clock.ts";
import type { AgentActivity, Provider } from "../ports/provider.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import type { Settings } from "../project/settings.ts";
import type { Isolation } from "../sandbox/types.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import type { Checkouts } from "./checkouts.ts";
import type { RanCommand, ResultRuns } from "./own-command.ts";
import type { Semaphore } from "./semaphore.ts";
import type { TaskSpending } from "./spending.ts";

/** A session that this process holds: the only way to add to its journal. */
export interface SessionHandle {
  readonly id: string;
  /** Absolute path of the evidence folder. */
  readonly dir: string;
  readonly project: string;
  readonly state: SessionState;
  /** Durable when it returns. @throws RunnerError E307 where it could not be written. */
  record(event: JournalEvent): void;
  blob(name: string, content: string | Buffer): BlobRef;
  /** @throws RunnerError E301, E303. */
  read(ref: BlobRef): string;
  /** Rewrites `session.json` and its like from the journal. */
  checkpoint(): void;
  /** Does so a little later, together with what comes meanwhile: the journal is what counts, and agents need not wait. */
  checkpointSoon(): void;
}

/** One that is held for a while, beside that of a run. */
export interface HeldSession extends SessionHandle {
  /** Lets others take it. */
  close(): void;
}

/** What the phases of one task work with. */
export interface TaskContext {
  readonly session: SessionHandle;
  readonly taskId: string;
  readonly settings: Settings;
  readonly store: SnapshotStore;
  readonly isolation: Isolation;
  readonly provider: Provider;
  readonly model: string | null;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Scratch directory of this task: checkouts, homes. Removed afterwards. */
  readonly workDir: string;
  /** Ignored dependency folders of the project, relative; known once the base is. */
  dependencies(): Promise<readonly string[]>;
  readonly checkouts: Checkouts;
  /** See `SnapshotStore`; once for each checkout. */
  asRepository(tree: TreeId, dir: string): Promise<void>;
  /** The QA commands, from settings or detected in the base tree: never from what an agent wrote. */
  qaCommands(): Promise<readonly QaCommand[]>;
  /** Copies the base out of the user's repository, once, so that a `git gc` of theirs can't take it from us. */
  secureBase(): Promise<void>;
  /** The QA commands on the base, run once; begun early, since they need nothing of the agents. */
  baseQa(): Promise<readonly RanCommand[]>;
  /** Runs of any agent, and writing runs, at once. */
  readonly subagents: Semaphore;
  readonly executors: Semaphore;
  /** What its agents may cost, and have. */
  readonly spending: TaskSpending;
  /** What a command took on the result says how long it may take where it has to fail. */
  readonly resultRuns: ResultRuns;
  /** Commands of `pm`'s own at once. */
  readonly commands: Semaphore;
  /** Another session of the project, held by this process. @throws RunnerError E401 and as `openSession`. */
  hold(sessionId: string): HeldSession;
  /** Waits for the project's landing lock. */
  withLandingLock<T>(work: () => Promise<T>): Promise<T>;
  /** Aborted by a person or by the deadlock watchdog; its reason says which. */
  readonly signal: AbortSignal;
  onActivity(runId: string, activity: AgentActivity): void;
  /** The task as the journal has it now. */
  task(): TaskState;
}

export type PhaseOutcome =
  | { readonly kind: "passed"; readonly evidence: readonly BlobRef[] }
  | { readonly kind: "failed"; readonly violations: readonly Violation[] }
  | { readonly kind: "skipped"; readonly reason: string };

export type PhaseRunner = (ctx: TaskContext) => Promise<PhaseOutcome>;

export const passed = (...evidence: BlobRef[]): PhaseOutcome => ({ kind: "passed", evidence });
export const failed = (violations: readonly Violation[]): PhaseOutcome => ({ kind: "failed", violations });

/** The fields that every event of a phase carries. */
export function inPhase<P extends Phase>(ctx: TaskContext, phase: P) {
  return { task_id: ctx.taskId, phase, attempt: ctx.task().attempt };
}
