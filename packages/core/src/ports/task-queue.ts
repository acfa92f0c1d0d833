/**
 * The queue port: where tasks wait, and who holds which.
 *
 * The queue knows nothing of phases, agents or evidence, and no clock decides anything in it: a lease ends when somebody
 * who watched it for its whole length, by his own steady clock, heard nothing (see the worker), so machines may disagree
 * about the time. Timestamps are for people.
 *
 * Invariants, kept by every engine and checked by one contract suite:
 * Q1 what was acknowledged is durable: when `submit` or any other write has returned, no crash undoes it;
 * Q2 every change of state is a row of QUEUE_TRANSITIONS, taken by one conditional write (E411);
 * Q3 each claim of a task has a higher fencing token than the one before, and only the holder of the newest can renew, bind,
 *    release or finish (E412);
 * Q4 of any number of claimants of one task exactly one gets it;
 * Q5 within a group tasks are claimed in the order of their numbers, and none while an earlier one is open; an earlier task
 *    is one whose submission had been acknowledged;
 * Q6 the same idempotency key gives the same task, however often and from wherever it is submitted (E415 where the task
 *    differs);
 * Q7 two namespaces share nothing.
 *
 * Thirty days after its end a task may be forgotten. An idempotency key is known for a week at least.
 */
import * as z from "zod";
import { taskKindSchema } from "../lifecycle/handover.ts";
import { type EndState, type QueueState, queueStateSchema } from "../lifecycle/task-states.ts";

/** What is to be done; the same as the engine's TaskInput and what a session is opened with. */
export const taskPayloadSchema = z.strictObject({
  prompt: z.string().min(1),
  kind: taskKindSchema,
  scope: z.array(z.string()),
  checks: z.array(z.array(z.string()).min(1)),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** Id of a task of the same group that must be COMPLETE before: they were submitted as one piece of work. */
  requires: z.string().nullable(),
  /** US dollars that its agents may cost; null: what the project's settings say. Not there in tasks of older versions. */
  budget_usd: z.number().positive().nullable().default(null),
});
export type TaskPayload = z.infer<typeof taskPayloadSchema>;

/** Why a task is in the state it is in: what a person reads first; the rest is in the evidence. */
export const taskOutcomeSchema = z.strictObject({
  /** Code of the worst violation or of the error; null where all is well. */
  code: z.string().nullable(),
  message: z.string(),
  /** One command that can be typed as it is. */
  next_action: z.string().nullable(),
  evidence_path: z.string().nullable(),
  /** sha256 of the canonical JSON of the ExecutionResult; null where there is none. */
  result_digest: z.string().nullable(),
});
export type TaskOutcome = z.infer<typeof taskOutcomeSchema>;

export const queueTaskSchema = z.strictObject({
  /** `<group_id>.<number>`; numbers begin at 1 and may have gaps. */
  task_id: z.string(),
  group_id: z.string(),
  state: queueStateSchema,
  /** What workers claim by; opaque to the queue. */
  project: z.string(),
  /** The beginning of the prompt, one line. */
  summary: z.string(),
  submitted_at: z.string(),
  updated_at: z.string(),
  /** Where its evidence is, once it was begun: the session, and the project's place (machine and folder). */
  session: z.strictObject({ session_id: z.string(), place: z.string() }).nullable(),
  /** Who holds it; null unless RUNNING. */
  claim: z
    .strictObject({
      worker_id: z.string(),
      fence: z.int().positive(),
      /** Grows with every renewal. */
      beat: z.int().nonnegative(),
      lease_ms: z.int().positive(),
      claimed_at: z.string(),
    })
    .nullable(),
  /** The highest fencing token so far; 0 before the first claim. */
  fence: z.int().nonnegative(),
  /** How many workers died holding it. */
  deaths: z.int().nonnegative(),
  /** A person asked its holder to end it; stays, also when it is handed back or taken over. */
  cancel_requested: z.boolean(),
  /** Null while it waits for a worker or runs. */
  outcome: taskOutcomeSchema.nullable(),
});
export type QueueTask = z.infer<typeof queueTaskSchema>;

export interface QueueTaskDetail extends QueueTask {
  readonly payload: TaskPayload;
}

export interface QueueGroup {
  readonly group_id: string;
  readonly created_at: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null at the end. */
  readonly next_cursor: string | null;
}

export interface PageRequest {
  readonly cursor?: string;
  /** 1…100; default 50. */
  readonly limit?: number;
}

export interface ClaimRequest {
  readonly workerId: string;
  readonly leaseMs: number;
}

export interface Submission {
  /** Created on first use. */
  readonly groupId: string;
  readonly project: string;
  readonly payload: TaskPayload;
  /** Up to 200 characters, chosen by the submitter; longer: E414. */
  readonly idempotencyKey?: string;
  /**
   * Claims it in the same write, so that no worker can come between, where no earlier task of the group is open; else it
   * waits like any other.
   */
  readonly claim?: ClaimRequest;
}

/** The right to one task; `fence` is the fencing token. */
export interface Claim {
  readonly taskId: string;
  readonly workerId: string;
  readonly fence: number;
}

export interface ClaimedTask {
  readonly claim: Claim;
  readonly task: QueueTaskDetail;
}

export interface Submitted {
  readonly task: QueueTaskDetail;
  /** False where the idempotency key was known. */
  readonly created: boolean;
  /** Null unless asked for and got; always null where the idempotency key was known. */
  readonly claim: Claim | null;
}

export interface ClaimNextRequest extends ClaimRequest {
  /** Only tasks of these. */
  readonly projects: readonly string[];
  /** Tasks that the worker could not do just now. */
  readonly except?: readonly string[];
}

export interface Ending {
  readonly state: EndState;
  readonly outcome: TaskOutcome;
}

/** The lease as somebody saw it; it has moved on where one of the numbers differs. */
export interface SeenLease {
  readonly taskId: string;
  readonly fence: number;
  readonly beat: number;
}

export const workerInfoSchema = z.strictObject({
  worker_id: z.string(),
  /** For people. */
  host: z.string(),
  pid: z.int().positive(),
  projects: z.array(z.string()),
  concurrency: z.int().positive(),
  started_at: z.string(),
});
export type WorkerInfo = z.infer<typeof workerInfoSchema>;

export interface SeenWorker extends WorkerInfo {
  /** When it last announced itself, by its own clock. */
  readonly seen_at: string;
}

export interface QueueStats {
  readonly counts: Readonly<Record<QueueState, number>>;
  /** When the task that waits longest was submitted; null where none waits. */
  readonly oldest_waiting_at: string | null;
}

export interface TaskQueue {
  readonly engine: "sqlite" | "dynamodb";
  /** Where it is, for people: a file, or a table and its region. */
  readonly place: string;
  readonly namespace: string;

  /** Does nothing where it exists. @throws E413 */
  createGroup(groupId: string): Promise<QueueGroup>;
  /** @throws E413, E414, E415 */
  submit(submission: Submission): Promise<Submitted>;
  /** @throws E410, E413 */
  get(taskId: string): Promise<QueueTaskDetail>;
  /** Newest first. @throws E416 */
  listGroups(page?: PageRequest): Promise<Page<QueueGroup>>;
  /**
   * Of one group: by number, oldest first. Else of the whole namespace, about newest first; DynamoDB needs `state` there
   * (without it, it lists the states one after another). @throws E410 for an unknown group, E413, E416
   */
  listTasks(filter: { groupId?: string; state?: QueueState }, page?: PageRequest): Promise<Page<QueueTask>>;

  /** About the oldest QUEUED task of the projects that may run, or null; null proves nothing on DynamoDB. */
  claimNext(request: ClaimNextRequest): Promise<ClaimedTask | null>;
  /**
   * For a person who says `continue`.
   * @throws E410, E411 (not QUEUED or AWAITING_APPROVAL, or an earlier one is open), E413
   */
  claim(taskId: string, request: ClaimRequest): Promise<ClaimedTask>;
  /** Renews the lease. @throws E412 */
  renew(claim: Claim): Promise<{ cancelRequested: boolean }>;
  /**
   * Says where the task's evidence will be, before it is begun; from then on only workers of `project` get it.
   * @throws E412
   */
  bind(claim: Claim, to: { sessionId: string; place: string; project: string }): Promise<void>;
  /** Hands it back: QUEUED. @throws E412 */
  release(claim: Claim): Promise<void>;
  /**
   * Ends a run, and where `next` is given claims the next task in the same write if the engine can. AWAITING_APPROVAL
   * becomes CANCELLED where that was asked for. @throws E412 (then nothing was claimed either)
   */
  finish(claim: Claim, ending: Ending, next?: ClaimNextRequest): Promise<ClaimedTask | null>;
  /** RUNNING tasks of the projects, for those who watch leases. */
  running(projects: readonly string[]): Promise<QueueTask[]>;
  /** Takes a task from a worker that is gone; null where the lease moved on. Counts a death. */
  takeOver(seen: SeenLease, request: ClaimRequest): Promise<ClaimedTask | null>;
  /** Ends a task in ERROR whose worker is gone; false where the lease moved on. Counts a death. */
  giveUp(seen: SeenLease, outcome: TaskOutcome): Promise<boolean>;
  /** Ends a waiting task; asks the holder of a running one. Does nothing to one that was cancelled. @throws E410, E411, E413 */
  cancel(taskId: string, outcome: TaskOutcome): Promise<QueueTask>;
  /** @throws E410, E411, E413 */
  approve(taskId: string): Promise<QueueTask>;

  stats(): Promise<QueueStats>;
  /** Says that a worker is alive; also called again and again. */
  announce(worker: WorkerInfo): Promise<void>;
  withdraw(workerId: string): Promise<void>;
  /** Announced and not withdrawn in the last day, the latest first; whether one is alive is for the reader to say. */
  workers(): Promise<SeenWorker[]>;

  /** Calls back soon after something may be claimable, spuriously too. @returns stops. */
  onWork(projects: readonly string[], wake: () => void): () => void;
  /** Calls back with every task that changed, also in other processes; changes in between may be skipped. @returns stops. */
  watch(filter: { groupId?: string }, onTask: (task: QueueTask) => void): () => void;
  close(): Promise<void>;
}
