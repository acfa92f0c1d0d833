import { checkRequirements } from "../../gates/handover-rules.ts";
import { requirementsSchema } from "../../lifecycle/handover.ts";
import { askAgent } from "../ask-agent.ts";
import { baseOf, promptMaterial } from "../material.ts";
import { buildPrompt } from "../prompts.ts";
import { failed, type PhaseRunner, passed } from "../task-context.ts";

const PHASE = "REQUIREMENT_ANALYSIS";

/** An agent reads the repository and numbers what is asked for. */
export const analyseRequirements: PhaseRunner = async (ctx) => {
  const material = await promptMaterial(ctx);
  const answer = await askAgent(ctx, {
    phase: PHASE,
    subtaskId: null,
    access: "read",
    checkout: await ctx.checkouts.shared(baseOf(ctx)),
    prompt: (correction) => buildPrompt(PHASE, { ...material, ...(correction && { correction }) }),
    answer: {
      name: "requirements.json",
      schema: requirementsSchema,
      rules: (requirements) =>
        checkRequirements(requirements, { sessionId: ctx.session.id, taskId: ctx.taskId }),
    },
  });
  if (!answer.ok) return failed(answer.violations);
  return passed(ctx.session.blob("requirements.json", JSON.stringify(answer.value, null, 2)));
};
