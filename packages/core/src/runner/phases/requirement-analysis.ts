import { checkRequirements } from "../../gates/handover-rules.ts";
import { requirementsSchema } from "../../lifecycle/handover.ts";
import { askForDocument } from "../ask-for-document.ts";
import type { PhaseRunner } from "../task-context.ts";

/** An agent reads the repository and numbers what is asked for. */
export const analyseRequirements: PhaseRunner = (ctx) =>
  askForDocument(ctx, {
    phase: "REQUIREMENT_ANALYSIS",
    name: "requirements.json",
    schema: requirementsSchema,
    rules: checkRequirements,
  });
