import * as z from "zod";
import { taskUsageSchema } from "../evidence/task-usage.ts";
import { phaseSchema } from "../lifecycle/phases.ts";
import { statusSchema } from "../lifecycle/status.ts";
import { violationSchema } from "../lifecycle/violation.ts";

export const taskResultSchema = z.strictObject({
  task_id: z.string(),
  prompt: z.string(),
  status: statusSchema,
  /** Where it stands; null before it started and after it ended. */
  phase: phaseSchema.nullable(),
  /** Whether its change is in the project's working tree. */
  landed: z.boolean(),
  files_changed: z.array(z.string()),
  /** US dollars, of the runs whose price is known; null where none is. */
  cost_usd: z.number().nullable(),
  /** Of all attempts. */
  usage: taskUsageSchema,
  /** How far its agents were kept from the machine, the least where it changed; null before it ran. */
  isolation: z.enum(["sandbox", "process"]).nullable(),
});
export type TaskResult = z.infer<typeof taskResultSchema>;

/** What every command about a session returns, and `--json` prints. */
export const executionResultSchema = z.strictObject({
  session_id: z.string(),
  overall_status: statusSchema,
  /** Absolute path of the session's evidence folder. */
  evidence_path: z.string(),
  /** One command line that can be typed as it is, or null where nothing is left to do. */
  next_action: z.string().nullable(),
  violations: z.array(violationSchema),
  tasks: z.array(taskResultSchema),
});
export type ExecutionResult = z.infer<typeof executionResultSchema>;
