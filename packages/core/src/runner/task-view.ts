/**
 * One task as a person is shown it: what it asked for, what each phase did, what every claim rests on. A reading of the
 * journal and of nothing else, so that it says of a running task what is so far known, and of a finished one always the same.
 *
 * Invariants:
 * V1 it decides nothing: what a check proves and what a status is comes from the code that the gates and the fold use;
 * V2 every blob that it names can be read by `evidence`;
 * V3 text of agents and of the repository is as it was captured: whoever shows it takes control characters out.
 */
import * as z from "zod";
import { blobRefSchema } from "../evidence/blob-ref.ts";
import { testCountsSchema } from "../evidence/events.ts";
import { usageSchema } from "../evidence/run-record.ts";
import { taskUsageSchema } from "../evidence/task-usage.ts";
import { treeRoleSchema } from "../evidence/tree-role.ts";
import { taskKindSchema } from "../lifecycle/handover.ts";
import { phaseSchema } from "../lifecycle/phases.ts";
import { statusSchema } from "../lifecycle/status.ts";
import { violationSchema } from "../lifecycle/violation.ts";

const attemptSchema = z.int().positive();
const termination = z.enum(["exited", "time_limit", "idle_limit", "aborted", "spawn_failed"]);

/** One go at a phase; a rerun is another one. */
export const phaseViewSchema = z.strictObject({
  phase: phaseSchema,
  attempt: attemptSchema,
  /** `interrupted`: it began, has no end, and nobody is at it any more. */
  outcome: z.enum(["running", "passed", "failed", "skipped", "interrupted"]),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  /** Why it failed or was skipped; codes and messages in `violations`. */
  reason: z.string().nullable(),
});

export const agentRunViewSchema = z.strictObject({
  run_id: z.string(),
  phase: phaseSchema,
  attempt: attemptSchema,
  subtask_id: z.string().nullable(),
  ask: z.int().positive(),
  provider: z.string(),
  model: z.string().nullable(),
  started_at: z.string(),
  /** Null while it runs, and for ever where it was cut short. */
  ended_at: z.string().nullable(),
  superseded: z.boolean(),
  /** Null without an end. */
  result: z
    .strictObject({
      termination,
      outcome: z.string(),
      error_message: z.string().nullable(),
      exit_code: z.int().nullable(),
      duration_ms: z.number(),
      tool_calls: z.int(),
      denials: z.array(z.string()),
      usage: usageSchema,
    })
    .nullable(),
  prompt: blobRefSchema,
  transcript: blobRefSchema.nullable(),
  answer: blobRefSchema.nullable(),
});

export const commandViewSchema = z.strictObject({
  seq: z.int().positive(),
  phase: phaseSchema,
  attempt: attemptSchema,
  at: z.string(),
  purpose: z.enum(["qa", "check"]),
  on: treeRoleSchema,
  id: z.string(),
  argv: z.array(z.string()),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  termination,
  duration_ms: z.number(),
  tests: testCountsSchema.nullable(),
  stdout: blobRefSchema,
  stderr: blobRefSchema,
});

export const checkViewSchema = z.strictObject({
  id: z.string(),
  /** What it looks at, in words: the command line, the test's name, the file. */
  what: z.string(),
  /** `unknown` until the result was looked at; the other words are those of `checkStanding`. */
  standing: z.enum(["counts", "fails", "proves nothing", "unknown"]),
  /** Why it does not count. */
  reason: z.string(),
  /** Each time it ran or was looked up, oldest first; `command` is the `seq` of its command, where it has one. */
  observations: z.array(
    z.strictObject({
      on: treeRoleSchema,
      passed: z.boolean(),
      detail: z.string(),
      command: z.int().nullable(),
    }),
  ),
});

/** A row of the evidence: what was asked, and what proves it in the attempt that counts. */
export const requirementViewSchema = z.strictObject({
  /** `person` for the checks that were given with the task. */
  id: z.string(),
  statement: z.string(),
  acceptance: z.string(),
  standing: z.enum(["proven", "refuted", "unproven", "unknown"]),
  checks: z.array(checkViewSchema),
});

export const taskViewSchema = z.strictObject({
  session_id: z.string(),
  /** Its id in the session. */
  task_id: z.string(),
  ref: z.string().nullable(),
  prompt: z.string(),
  kind: taskKindSchema,
  scope: z.array(z.string()),
  person_checks: z.array(z.array(z.string())),
  status: statusSchema,
  /** What it does just now; null before it began and after it ended. */
  phase: phaseSchema.nullable(),
  attempt: attemptSchema,
  submitted_at: z.string(),
  ended_at: z.string().nullable(),
  provider: z.string(),
  model: z.string().nullable(),
  pm_version: z.string(),
  isolation: z.enum(["sandbox", "process"]).nullable(),
  /** US dollars that its agents may cost; null: no limit. */
  budget_usd: z.number().nullable(),
  /** US dollars over all attempts, of the runs whose price is known; null where none is. */
  cost_usd: z.number().nullable(),
  usage: taskUsageSchema,
  landed: z.boolean(),
  cancelled: z.boolean(),
  /** Of every attempt, in the order in which they began. */
  phases: z.array(phaseViewSchema),
  runs: z.array(agentRunViewSchema),
  /** Of every attempt. */
  commands: z.array(commandViewSchema),
  /** The person's checks, and the requirements once they are known. */
  requirements: z.array(requirementViewSchema),
  violations: z.array(violationSchema),
  waived: z.array(violationSchema),
  approvals: z.array(
    z.strictObject({
      at: z.string(),
      effect: z.enum(["accept", "rerun", "resume"]),
      digest: z.string(),
      note: z.string().nullable(),
      /** It was not used in time. */
      expired: z.boolean(),
    }),
  ),
  /** Null before there is a result. */
  change: z
    .strictObject({
      base: z.string(),
      result: z.string(),
      files: z.array(
        z.strictObject({
          path: z.string(),
          status: z.enum(["added", "modified", "deleted"]),
          /** Lines; null for binary files. */
          added: z.int().nullable(),
          deleted: z.int().nullable(),
        }),
      ),
      patch: blobRefSchema.nullable(),
    })
    .nullable(),
  report: blobRefSchema.nullable(),
});
export type TaskView = z.infer<typeof taskViewSchema>;
