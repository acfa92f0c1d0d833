/** Tasks and their groups as REST shows and takes them: the queue's own, in the words of the seed. */
import { queueStateSchema, taskKindSchema, taskOutcomeSchema } from "@pm/core";
import * as z from "zod";
import { groupIdSchema, taskIdSchema } from "./ids.ts";

const line = z.string().trim().min(1);

/** What a person says of a task; the rest is the server's project and its settings. */
export const newTaskSchema = z.strictObject({
  /** Created on first use; left out: the task gets a group of its own. */
  task_group_id: groupIdSchema.optional(),
  prompt: line.max(200_000),
  /** Default: change. */
  kind: taskKindSchema.optional(),
  /** Globs that the change must keep to. */
  scope: z.array(line.max(1000)).max(100).optional(),
  /** The person's own checks, each an argv. */
  checks: z
    .array(z.array(z.string().min(1).max(4000)).min(1).max(100))
    .max(50)
    .optional(),
  /** Default: the project's. */
  provider: line.max(4000).optional(),
  model: line.max(200).optional(),
  /** US dollars that its agents may cost; default: what the project's settings say. */
  budget_usd: z.number().positive().max(100_000).optional(),
});
export type NewTask = z.infer<typeof newTaskSchema>;

export const taskGroupSchema = z.strictObject({ task_group_id: z.string(), created_at: z.string() });
export type TaskGroup = z.infer<typeof taskGroupSchema>;

export const taskSchema = z.strictObject({
  task_id: z.string(),
  task_group_id: z.string(),
  /** Where it stands in the queue; final ones are what its evidence says. */
  status: queueStateSchema,
  /** The beginning of the prompt, one line. */
  summary: z.string(),
  /** Folder or repository. */
  project: z.string(),
  submitted_at: z.string(),
  updated_at: z.string(),
  session_id: z.string().nullable(),
  /** Who runs it; null unless RUNNING. */
  worker: z.strictObject({ worker_id: z.string(), claimed_at: z.string() }).nullable(),
  cancel_requested: z.boolean(),
  outcome: taskOutcomeSchema.nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const taskDetailSchema = taskSchema.extend({
  prompt: z.string(),
  kind: taskKindSchema,
  scope: z.array(z.string()),
  checks: z.array(z.array(z.string())),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  budget_usd: z.number().nullable(),
});
export type TaskDetail = z.infer<typeof taskDetailSchema>;

export const patchStatusSchema = z.strictObject({
  status: queueStateSchema,
  /** With QUEUED: the digest of the approval that was seen (or as If-Match). */
  digest: z.string().max(200).optional(),
  note: z.string().max(4000).optional(),
});

export const approveSchema = z.strictObject({
  /** Of the approval that was seen. It may come as If-Match instead; one of the two is needed. */
  digest: z.string().max(200).optional(),
  note: z.string().max(4000).optional(),
});

/** A waiver says why. */
export const waiveSchema = approveSchema.extend({ note: line.max(4000) });

export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const taskListQuerySchema = pageQuerySchema.extend({ state: queueStateSchema.optional() });

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });

export const taskParams = z.strictObject({ id: taskIdSchema });
export const groupParams = z.strictObject({ id: groupIdSchema });
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}
