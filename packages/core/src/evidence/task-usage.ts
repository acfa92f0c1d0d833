import * as z from "zod";
import { usageSchema } from "./run-record.ts";

/** What all runs of a task used; `cost_usd` is that of the runs whose price is known. */
export const taskUsageSchema = usageSchema.extend({
  /** Runs that used a model of unknown price: with any, the cost is higher than `cost_usd`. */
  unpriced_runs: z.int().nonnegative(),
});
export type TaskUsage = z.infer<typeof taskUsageSchema>;
