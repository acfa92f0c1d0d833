/** What is known of a task beyond the queue: read from its evidence, on the machine that has it. */
import { violationSchema } from "@pm/core";
import * as z from "zod";

/** What `evidence` answers. */
export type { TaskView } from "@pm/core";

/** What holds up a task, exactly as it would be approved. The ETag of the answer is its digest. */
export const approvalSchema = z.strictObject({
  session_id: z.string(),
  /** Its id in the session. */
  session_task_id: z.string(),
  digest: z.string(),
  effect: z.enum(["accept", "rerun", "resume"]),
  violations: z.array(violationSchema),
  files: z.array(
    z.strictObject({ path: z.string(), added: z.int().nullable(), deleted: z.int().nullable() }),
  ),
});
export type Approval = z.infer<typeof approvalSchema>;

/** One log of a task: the journal in words, what an agent said and did, or what a command printed. */
export const logSchema = z.strictObject({
  log_id: z.string(),
  title: z.string(),
  kind: z.enum(["journal", "transcript", "prompt", "answer", "stdout", "stderr"]),
  /** Of the session's phases; null for the journal. */
  phase: z.string().nullable(),
  bytes: z.int(),
});
export type Log = z.infer<typeof logSchema>;

/** Longer lines are cut in `lines`; the whole is in the raw log. */
export const LINE_LIMIT = 4000;

export const logLinesSchema = z.strictObject({
  /** Lines in all. */
  total: z.int(),
  lines: z.array(
    z.strictObject({
      /** From 1. */
      n: z.int(),
      text: z.string(),
      /** Characters that were left out at its end. */
      cut: z.int(),
    }),
  ),
});
export type LogLines = z.infer<typeof logLinesSchema>;

export const logLinesQuerySchema = z.strictObject({
  /** First line, from 1. */
  from: z.coerce.number().int().min(1).optional(),
  count: z.coerce.number().int().min(1).max(2000).optional(),
});

export const logSearchQuerySchema = z.strictObject({ q: z.string().min(1).max(200) });
export const logSearchSchema = z.strictObject({
  /** Numbers of the lines that hold it, whatever the case, ascending. */
  lines: z.array(z.int()),
  /** There are more. */
  more: z.boolean(),
});

export const diffQuerySchema = z.strictObject({
  /** Only this file's part. */
  path: z.string().min(1).max(4096).optional(),
});
