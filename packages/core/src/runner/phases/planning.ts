import { checkPlan } from "../../gates/handover-rules.ts";
import { planSchema } from "../../lifecycle/handover.ts";
import { askAgent } from "../ask-agent.ts";
import { evaluateTree } from "../evaluate-tree.ts";
import { baseOf, documentsOf, promptMaterial } from "../material.ts";
import { buildPrompt } from "../prompts.ts";
import { inSteps } from "../steps.ts";
import { failed, type PhaseRunner, passed } from "../task-context.ts";

const PHASE = "PLANNING";

/** An agent plans and fixes the checks; `pm` then runs QA and every check on the base, before anyone writes. */
export const plan: PhaseRunner = async (ctx) => {
  const { requirements } = documentsOf(ctx);
  if (!requirements) throw new Error("PLANNING without requirements.json");
  const { kind, checks } = ctx.task().submitted;
  const rules = { sessionId: ctx.session.id, taskId: ctx.taskId, kind, hasPersonChecks: checks.length > 0 };
  const material = await promptMaterial(ctx);
  const answer = await askAgent(ctx, {
    phase: PHASE,
    subtaskId: null,
    access: "read",
    checkout: await ctx.checkouts.shared(baseOf(ctx)),
    prompt: (correction) => buildPrompt(PHASE, { ...material, ...(correction && { correction }) }),
    answer: {
      name: "plan.json",
      schema: planSchema,
      rules: (candidate) => checkPlan(requirements, candidate, rules),
    },
  });
  if (!answer.ok) return failed(answer.violations);
  const base = { phase: PHASE, on: "base", tree: baseOf(ctx), plan: answer.value } as const;
  await inSteps((add) => evaluateTree(ctx, base, add));
  return passed(ctx.session.blob("plan.json", JSON.stringify(answer.value, null, 2)));
};
