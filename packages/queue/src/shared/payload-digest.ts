import { createHash } from "node:crypto";
import type { TaskPayload } from "@pm/core";

/** sha256 over the fields in a fixed order: tells whether an idempotency key came with the same task again. */
export function payloadDigest(groupId: string, project: string, payload: TaskPayload): string {
  const { prompt, kind, scope, checks, provider, model, requires, budget_usd } = payload;
  const fields: unknown[] = [groupId, project, prompt, kind, scope, checks, provider, model, requires];
  // Keys of tasks without a budget stay what they were before there were budgets.
  if ((budget_usd ?? null) !== null) fields.push(budget_usd);
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}
