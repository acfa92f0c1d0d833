import { checkPlan } from "../../gates/handover-rules.ts";
import { planSchema } from "../../lifecycle/handover.ts";
import { askForDocument } from "../ask-for-document.ts";
import { evaluateTree } from "../evaluate-tree.ts";
import { baseOf, requirementsOf } from "../material.ts";
import { inSteps } from "../steps.ts";
import type { PhaseRunner } from "../task-context.ts";

const PHASE = "PLANNING";

/** An agent plans and fixes the checks; `pm` then runs QA and every check on the base, before anyone writes. */
export const plan: PhaseRunner = async (ctx) => {
  const requirements = requirementsOf(ctx);
  const { kind, checks } = ctx.task().submitted;
  return askForDocument(ctx, {
    phase: PHASE,
    name: "plan.json",
    schema: planSchema,
    rules: (candidate, context) =>
      checkPlan(requirements, candidate, { ...context, kind, hasPersonChecks: checks.length > 0 }),
    afterwards: (fixed) =>
      inSteps(async (add) =>
        evaluateTree(ctx, { phase: PHASE, on: "base", tree: baseOf(ctx), plan: fixed }, ctx.baseQa(), add),
      ),
  });
};
