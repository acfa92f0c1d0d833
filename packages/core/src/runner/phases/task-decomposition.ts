import { checkSubtasks } from "../../gates/handover-rules.ts";
import { subtasksSchema } from "../../lifecycle/handover.ts";
import { askAgent } from "../ask-agent.ts";
import { baseOf, documentsOf, promptMaterial } from "../material.ts";
import { buildPrompt } from "../prompts.ts";
import { failed, type PhaseRunner, passed } from "../task-context.ts";

const PHASE = "TASK_DECOMPOSITION";

/** An agent splits the task; a requirement that no subtask serves, a cycle or an unknown id is refused. */
export const decomposeTask: PhaseRunner = async (ctx) => {
  const { requirements } = documentsOf(ctx);
  if (!requirements) throw new Error("TASK_DECOMPOSITION without requirements.json");
  const material = await promptMaterial(ctx);
  const answer = await askAgent(ctx, {
    phase: PHASE,
    subtaskId: null,
    access: "read",
    checkout: await ctx.checkouts.shared(baseOf(ctx)),
    prompt: (correction) => buildPrompt(PHASE, { ...material, ...(correction && { correction }) }),
    answer: {
      name: "subtasks.json",
      schema: subtasksSchema,
      rules: (subtasks) =>
        checkSubtasks(requirements, subtasks, { sessionId: ctx.session.id, taskId: ctx.taskId }),
    },
  });
  if (!answer.ok) return failed(answer.violations);
  return passed(ctx.session.blob("subtasks.json", JSON.stringify(answer.value, null, 2)));
};
