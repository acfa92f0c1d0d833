/**
 * The engine as every front end drives it: one set of calls, one event stream.
 *
 * Invariants:
 * R1 no call sets a status: each appends facts to the journal, and the result is derived from them;
 * R2 at most one `pm` process holds a session (E401 names the holder);
 * R3 a call that was interrupted or crashed leaves a session that `continueSession` can take up.
 */
import type { BlobRef } from "../evidence/blob-ref.ts";
import type { JournalEvent, JournalLine } from "../evidence/events.ts";
import type { VerifyReport } from "../evidence/verify-report.ts";
import type { TaskKind } from "../lifecycle/handover.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { AgentActivity } from "../ports/provider.ts";
import type { SessionSteps } from "./agent-steps.ts";
import type { ExecutionResult } from "./execution-result.ts";
import type { SessionExport } from "./export-session.ts";
import type { TaskView } from "./task-view.ts";

export interface TaskInput {
  readonly prompt: string;
  readonly kind: TaskKind;
  readonly scope: readonly string[];
  /** The person's own checks, each an argv. */
  readonly checks: readonly (readonly string[])[];
  /** What the caller knows it by, say its id in a queue. A session takes a task of a known ref only once. */
  readonly ref?: string;
  /** US dollars that all its runs together may cost; default: `budget_usd` of the project's settings, else no limit. */
  readonly budgetUsd?: number;
}

/** What a front end may show while a session runs. */
export type EngineEvent =
  | { readonly kind: "journal"; readonly seq: number; readonly at: string; readonly event: JournalEvent }
  | {
      readonly kind: "activity";
      readonly taskId: string;
      readonly runId: string;
      readonly activity: AgentActivity;
    }
  | { readonly kind: "notice"; readonly message: string };

export interface RunControl {
  /** Aborted by Ctrl-C: executors are killed, the journal is closed, the result is INCOMPLETE. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Refs of the tasks that may run now; others that have a ref wait. Default: all. */
  readonly only?: readonly string[];
}

export interface StartInput extends RunControl {
  readonly project: string;
  /** A new id from `newSessionId`, where it must be known before; default: one is made. */
  readonly sessionId?: string;
  /** None: the session is opened and the result says what to do next. Several run in order. */
  readonly tasks: readonly TaskInput[];
  readonly provider?: string;
  readonly model?: string;
}

export interface ApprovalView {
  readonly sessionId: string;
  readonly taskId: string;
  /** Digest of exactly what is shown here; `approve` refuses another one (E208). */
  readonly digest: string;
  readonly violations: readonly Violation[];
  /** What an approval would do. */
  readonly effect: "accept" | "rerun" | "resume";
  readonly files: readonly {
    readonly path: string;
    readonly added: number | null;
    readonly deleted: number | null;
  }[];
}

export type { VerifyProblem, VerifyReport } from "../evidence/verify-report.ts";

export interface TaskRef {
  readonly task_id: string;
  readonly ref: string;
  /** A person's word ended it. */
  readonly cancelled: boolean;
}

export interface SessionSummary {
  readonly session_id: string;
  readonly project: string;
  readonly opened_at: string;
  readonly overall_status: ExecutionResult["overall_status"];
  readonly tasks: ExecutionResult["tasks"];
  /** Of its tasks, where they have one. */
  readonly refs: readonly string[];
}

export interface LogEntry {
  readonly at: string;
  readonly task_id: string | null;
  readonly line: string;
}

/** The key that must have signed, by its file or by its id; without either, this home's is looked for. */
export interface KeyPin {
  readonly keyFile?: string;
  readonly keyId?: string;
}

export interface Engine {
  start(input: StartInput): Promise<ExecutionResult>;
  /**
   * `tasks` are added to the session; one that is COMPLETE is open again with them.
   * @throws E204 finished, E205 not approved, E401 in use
   */
  continueSession(
    input: RunControl & { sessionId: string; tasks?: readonly TaskInput[] },
  ): Promise<ExecutionResult>;
  /** @returns where `continueSession` would go on, with these tasks added. @throws what it would throw: E203, E204, E205, E401 */
  continuable(sessionId: string, tasks?: readonly TaskInput[]): Promise<{ readonly project: string }>;
  status(sessionId: string): Promise<ExecutionResult>;
  /** @throws E207 where nothing can be approved. */
  approvalView(sessionId: string): Promise<ApprovalView>;
  /** Records the decision; `continueSession` acts on it. @throws E208 when `digest` is not what would be approved now. */
  approve(input: { sessionId: string; digest: string; note?: string }): Promise<ExecutionResult>;
  /** Stops a running session, or ends a waiting one. With `refs` only those of its tasks, and nothing is stopped (E401). */
  cancel(sessionId: string, refs?: readonly string[]): Promise<ExecutionResult>;
  /**
   * Checks a session's evidence, and its attestation against this home's public key; against that of `keyFile` or `keyId` where
   * given, and then nothing but its signature over the present state will do. @throws E116 where the key file is none, or the id
   * another one than that of this home's key
   */
  verify(sessionId: string, pin?: KeyPin): Promise<VerifyReport>;
  /** The same for a file that `exportSession` made, of any machine, and any key id. @throws E116 where it or the key file can't be read */
  verifyExport(path: string, pin?: KeyPin): Promise<VerifyReport>;
  /**
   * A session as one file that anybody can check, signed with this home's key. @throws E311 the key, E310 the evidence can't be
   * used, E401 in use
   */
  exportSession(sessionId: string): Promise<SessionExport>;
  /** Which task of a session is which for whoever submitted it; those without a ref are left out. */
  refs(sessionId: string): Promise<TaskRef[]>;
  /** Newest first; of one project where given, else of all that the home folder knows. */
  sessions(project?: string): Promise<SessionSummary[]>;
  logs(sessionId: string, taskId?: string): Promise<LogEntry[]>;
  /** A piece of evidence as text: `report`, `patch`, `answer` of a task. Null where there is none. */
  artifact(sessionId: string, name: "report" | "patch" | "answer", taskId?: string): Promise<string | null>;
  /** All that is known of one task. @throws E203 unknown session or task, E301, E302, E303 damaged */
  taskView(sessionId: string, taskId: string): Promise<TaskView>;
  /**
   * The journal after a line, as far as it is written: 0 for all of it. For who follows a session of another process: where
   * nothing was added it costs next to nothing. @throws E203, E301, E302 damaged
   */
  journal(sessionId: string, after: number): Promise<readonly JournalLine[]>;
  /** Content of a blob that the session's journal names. @throws E203, E301 not named there or missing, E302, E303 altered */
  evidence(sessionId: string, sha256: string): Promise<{ readonly ref: BlobRef; readonly content: Buffer }>;
  /**
   * What the agents of a session did, from its evidence: what a recording of it is made of.
   * @throws E203, E401 in use, E310 not whole, E523 where its trees are no longer there
   */
  agentSteps(sessionId: string): Promise<SessionSteps>;
  /**
   * Writes into `dir`, which is not there yet, a project like the one that a task started from.
   * @throws as `agentSteps`, and E104, E109 where it can't be written
   */
  restoreProject(input: { sessionId: string; taskId: string; dir: string }): Promise<void>;
}
