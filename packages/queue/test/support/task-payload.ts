import type { TaskPayload } from "@pm/core";

/** A task that says no more than it must. */
export const payload = (prompt = "Do it", more: Partial<TaskPayload> = {}): TaskPayload => ({
  ...{
    prompt,
    kind: "change",
    scope: [],
    checks: [],
    provider: null,
    model: null,
    requires: null,
    budget_usd: null,
  },
  ...more,
});
