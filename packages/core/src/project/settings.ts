/**
 * `settings.json` of a project: our keys with their ranges and defaults (the user's contract, "settings.json Schema").
 * The file is shared with Claude Code: its keys are left alone; ours are strict.
 */
import * as z from "zod";

const range = (min: number, max: number, fallback: number) => z.int().min(min).max(max).default(fallback);

const commandSchema = z.union([z.string().trim().min(1), z.array(z.string().min(1)).min(1)]);
/** A path below the project's root, not the root itself. */
const reportSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) =>
      !path.startsWith("/") && path.split("/").every((part) => part !== ".." && part !== "." && part !== ""),
  );

/** `"npm test"` (split into words, no shell) or argv, or an object that names a report file of its runner. */
const qaCommandSchema = z.union([
  commandSchema,
  z.strictObject({ command: commandSchema, report: reportSchema }),
]);

export const settingsSchema = z.strictObject({
  task_limits: z
    .strictObject({ files: range(1, 20, 5), tests: range(1, 50, 10), seconds: range(30, 900, 300) })
    .prefault({}),
  parallel_limits: z.strictObject({ subagents: range(1, 9, 9), executors: range(1, 4, 4) }).prefault({}),
  timeouts: z
    .strictObject({
      deadlock_timeout_seconds: range(30, 300, 60),
      operation_timeout_seconds: range(10, 600, 120),
    })
    .prefault({}),
  evidence_settings: z
    .strictObject({ retention_days: range(1, 365, 30), compression_enabled: z.boolean().default(true) })
    .prefault({}),
  qa: z
    .strictObject({ commands: z.array(qaCommandSchema).min(1).optional(), repair_attempts: range(0, 3, 0) })
    .prefault({}),
  /** US dollars that one task may cost, all its runs together; none: no limit. */
  budget_usd: z.number().positive().max(100_000).optional(),
  isolation: z.enum(["sandbox", "process"]).optional(),
  require_sandbox: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
