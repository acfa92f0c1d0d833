import type { TaskInput } from "@pm/core";
import type { NewTask } from "../../contract/tasks.ts";

/** What a person said of a task, with what holds where they said nothing. */
export function taskInputOf({
  prompt,
  kind = "change",
  scope = [],
  checks = [],
  budget_usd,
}: NewTask): TaskInput {
  return { prompt, kind, scope, checks, ...(budget_usd !== undefined && { budgetUsd: budget_usd }) };
}
