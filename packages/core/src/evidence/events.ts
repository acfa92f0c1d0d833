/**
 * The one event union: what the journal holds and what every front end draws from. Names are past tense.
 * An event states a fact that `pm` saw; statuses are derived from the events by `fold`, never written as a decision.
 */
import * as z from "zod";
import { taskKindSchema } from "../lifecycle/handover.ts";
import { phaseSchema } from "../lifecycle/phases.ts";
import { statusSchema } from "../lifecycle/status.ts";
import { violationSchema } from "../lifecycle/violation.ts";
import { blobRefSchema } from "./blob-ref.ts";
import { treeIdSchema } from "./change.ts";
import { agentRunRecordSchema } from "./run-record.ts";
import { treeRoleSchema } from "./tree-role.ts";

const task = { task_id: z.string() };
const inPhase = { ...task, phase: phaseSchema, attempt: z.number().int().positive() };

export const testCountsSchema = z.strictObject({
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(),
});
export type TestCounts = z.infer<typeof testCountsSchema>;

export const eventSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("session.opened"),
    session_id: z.string(),
    project: z.string(),
    pm_version: z.string(),
    provider: z.string(),
    model: z.string().nullable(),
  }),
  /** A `pm` process took the session, with the settings that hold from now on; `fence` grows with every holder. */
  z.strictObject({
    type: z.literal("session.attached"),
    fence: z.number().int().positive(),
    pid: z.number().int().positive(),
    pm_version: z.string(),
    isolation: z.enum(["sandbox", "process"]),
    settings: blobRefSchema,
  }),
  z.strictObject({
    type: z.literal("task.submitted"),
    ...task,
    prompt: z.string(),
    kind: taskKindSchema,
    scope: z.array(z.string()),
    checks: z.array(z.array(z.string()).min(1)),
    /** What whoever submitted it knows it by; there where it came through a queue. */
    ref: z.string().optional(),
    /** US dollars that all its runs together may cost; there where a budget was set. */
    budget_usd: z.number().positive().optional(),
  }),
  z.strictObject({
    type: z.literal("snapshot.taken"),
    ...task,
    base: treeIdSchema,
    files: z.number().int().nonnegative(),
  }),
  z.strictObject({ type: z.literal("phase.started"), ...inPhase }),
  z.strictObject({ type: z.literal("phase.passed"), ...inPhase, evidence: z.array(blobRefSchema) }),
  z.strictObject({ type: z.literal("phase.failed"), ...inPhase, violations: z.array(violationSchema) }),
  z.strictObject({ type: z.literal("phase.skipped"), ...inPhase, reason: z.string() }),
  z.strictObject({
    type: z.literal("run.started"),
    ...inPhase,
    run_id: z.string(),
    subtask_id: z.string().nullable(),
    /** Counts the runs of this phase or subtask within the attempt: 2 is the re-ask. */
    ask: z.number().int().positive(),
    provider: z.string(),
    model: z.string().nullable(),
    prompt: blobRefSchema,
  }),
  z.strictObject({
    type: z.literal("run.ended"),
    ...inPhase,
    run_id: z.string(),
    subtask_id: z.string().nullable(),
    ask: z.number().int().positive(),
    /** A writing run: its gates ask for more. */
    writes: z.boolean(),
    /** A re-ask follows, so this one's answer is not what the phase rests on. */
    superseded: z.boolean(),
    record: agentRunRecordSchema,
    transcript: blobRefSchema,
    answer: blobRefSchema.nullable(),
  }),
  /** A provider's own end-of-task check failed. */
  z.strictObject({ type: z.literal("provider.objected"), ...task, reason: z.string() }),
  z.strictObject({
    type: z.literal("result.captured"),
    ...inPhase,
    subtask_id: z.string().nullable(),
    tree: treeIdSchema,
    /** The change set, for the whole result only. */
    changes: blobRefSchema.nullable(),
    /** The diff as text, for people. */
    patch: blobRefSchema.nullable(),
    survivors: z.number().int().nonnegative(),
  }),
  z.strictObject({
    type: z.literal("command.ran"),
    ...inPhase,
    purpose: z.enum(["qa", "check"]),
    on: treeRoleSchema,
    tree: treeIdSchema,
    /** QA: the command as configured. Check: the check's id, `U<n>` for a person's own. */
    id: z.string(),
    argv: z.array(z.string()),
    exit_code: z.number().int().nullable(),
    signal: z.string().nullable(),
    termination: z.enum(["exited", "time_limit", "idle_limit", "aborted", "spawn_failed"]),
    duration_ms: z.number().nonnegative(),
    survivors: z.number().int().nonnegative(),
    stdout: blobRefSchema,
    stderr: blobRefSchema,
    tests: testCountsSchema.nullable(),
    /**
     * There where the command starts a test runner that `pm` knows: what that said itself of the tests it ran. Without
     * `tests` it said nothing, and `problem` says why; both are null for a runner that only prints.
     */
    report: z
      .strictObject({ runner: z.string(), tests: blobRefSchema.nullable(), problem: z.string().nullable() })
      .optional(),
  }),
  /** A check without a command of its own: a file property, or a test looked up by name in the QA output. */
  z.strictObject({
    type: z.literal("check.evaluated"),
    ...inPhase,
    on: treeRoleSchema,
    tree: treeIdSchema,
    id: z.string(),
    passed: z.boolean(),
    detail: z.string(),
  }),
  z.strictObject({
    type: z.literal("gates.evaluated"),
    ...task,
    violations: z.array(violationSchema),
    waived: z.array(violationSchema),
  }),
  z.strictObject({
    type: z.literal("landing.started"),
    ...task,
    /** The project as it was just before, and as it will be. */
    from: treeIdSchema,
    to: treeIdSchema,
    paths: z.number().int().nonnegative(),
  }),
  z.strictObject({ type: z.literal("landing.finished"), ...task, tree: treeIdSchema }),
  /** What a crash left half done was put back. */
  z.strictObject({ type: z.literal("landing.undone"), ...task, tree: treeIdSchema }),
  /** The user changed the project meanwhile: the result was merged, QA runs again on the merged tree. */
  z.strictObject({
    type: z.literal("landing.merged"),
    ...task,
    base: treeIdSchema,
    tree: treeIdSchema,
    changes: blobRefSchema,
  }),
  z.strictObject({
    type: z.literal("landing.conflicted"),
    ...task,
    /** The project as it was then: what a rerun starts from. */
    now: treeIdSchema,
    violations: z.array(violationSchema),
  }),
  z.strictObject({
    type: z.literal("task.interrupted"),
    ...task,
    phase: phaseSchema.nullable(),
    /** What it waits for, where that is no person's wish: a project that can be written. */
    violations: z.array(violationSchema).optional(),
  }),
  z.strictObject({ type: z.literal("task.cancelled"), ...task }),
  /** Something of `pm`'s own or of the machine failed; the task ends ERROR. */
  z.strictObject({ type: z.literal("task.failed"), ...task, violations: z.array(violationSchema) }),
  z.strictObject({
    type: z.literal("approval.given"),
    ...task,
    /** Digest of what was seen; see `approvalDigest`. */
    digest: z.string(),
    effect: z.enum(["accept", "rerun", "resume"]),
    rerun_from: phaseSchema.nullable(),
    violations: z.array(violationSchema),
    note: z.string().nullable(),
    /** When it is void unless it was used before. Sessions of older versions, and what a setting approves, have none. */
    expires_at: z.iso.datetime().optional(),
  }),
  /** It was not used in time: the task is as it was before it. */
  z.strictObject({ type: z.literal("approval.expired"), ...task, digest: z.string() }),
  z.strictObject({
    type: z.literal("report.written"),
    ...task,
    status: statusSchema,
    markdown: blobRefSchema,
    json: blobRefSchema,
  }),
  z.strictObject({ type: z.literal("task.ended"), ...task, status: statusSchema }),
]);
export type JournalEvent = z.infer<typeof eventSchema>;
export type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;

/** A line of `journal.jsonl`: canonical JSON (RFC 8785), `prev` is the sha256 of the line before (64 zeros for the first). */
export const journalLineSchema = z.strictObject({
  seq: z.number().int().positive(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  /** As `Date.toISOString` writes it. */
  at: z.iso.datetime({ precision: 3 }),
  event: eventSchema,
});
export type JournalLine = z.infer<typeof journalLineSchema>;
