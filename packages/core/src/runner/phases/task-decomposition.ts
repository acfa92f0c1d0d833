import { checkSubtasks } from "../../gates/handover-rules.ts";
import { subtasksSchema } from "../../lifecycle/handover.ts";
import { askForDocument } from "../ask-for-document.ts";
import { requirementsOf } from "../material.ts";
import type { PhaseRunner } from "../task-context.ts";

/** An agent splits the task; a requirement that no subtask serves, a cycle or an unknown id is refused. */
export const decomposeTask: PhaseRunner = async (ctx) => {
  const requirements = requirementsOf(ctx);
  return askForDocument(ctx, {
    phase: "TASK_DECOMPOSITION",
    name: "subtasks.json",
    schema: subtasksSchema,
    rules: (subtasks, context) => checkSubtasks(requirements, subtasks, context),
  });
};
