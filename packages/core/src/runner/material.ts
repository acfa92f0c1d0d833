import { type HandedOver, handedOver } from "../evidence/handed-over.ts";
import type { Requirements } from "../lifecycle/handover.ts";
import { detectQa, type QaCommand } from "../project/detect-qa.ts";
import type { PromptMaterial } from "./prompts.ts";
import type { TaskContext } from "./task-context.ts";

/** The hand-over documents of the task, as far as they are there. @throws RunnerError E301, E303. */
export function documentsOf(ctx: TaskContext): HandedOver {
  return handedOver(ctx.task(), ctx.session.read);
}

/** See `TaskContext.qaCommands`, which asks once. */
export async function findQaCommands(ctx: TaskContext): Promise<QaCommand[]> {
  const base = baseOf(ctx);
  return detectQa(ctx.settings, {
    listFiles: () => ctx.store.listFiles(base),
    readFile: async (path) => (await ctx.store.readFile(base, path))?.toString("utf8") ?? null,
  });
}

/** What the planning phases after the first rest on. */
export function requirementsOf(ctx: TaskContext): Requirements {
  const { requirements } = documentsOf(ctx);
  if (!requirements) throw new Error("the task has no requirements.json");
  return requirements;
}

export function baseOf(ctx: TaskContext): string {
  const base = ctx.task().base;
  if (!base) throw new Error("the task has no base tree");
  return base;
}

export async function promptMaterial(ctx: TaskContext): Promise<PromptMaterial> {
  const { submitted, approvals } = ctx.task();
  const { requirements, subtasks, plan } = documentsOf(ctx);
  const last = approvals.findLast((approval) => approval.effect === "rerun");
  return {
    task: submitted.prompt,
    kind: submitted.kind,
    scope: submitted.scope,
    qaCommands: (await ctx.qaCommands()).map((command) => command.argv.join(" ")),
    limits: ctx.settings.task_limits,
    ...(requirements && { requirements }),
    ...(subtasks && { subtasks }),
    ...(plan && { plan }),
    ...(last && { before: { violations: last.violations, note: last.note } }),
  };
}
