import { loadTaskEvidence } from "../../evidence/load-task-evidence.ts";
import { evaluateGates } from "../../gates/registry.ts";
import { assertWhole } from "../assert-whole.ts";
import { failed, type PhaseRunner, passed } from "../task-context.ts";

/** The gates, over the evidence as it is on disk, and only where that is what `pm` wrote there. @throws RunnerError E310. */
export const validateCompletion: PhaseRunner = async (ctx) => {
  ctx.session.checkpoint();
  assertWhole(ctx.session.dir, ctx.session.id);
  const evidence = loadTaskEvidence(ctx.session.state, ctx.task(), ctx.session.read);
  const { violations, waived } = evaluateGates(evidence);
  ctx.session.record({ type: "gates.evaluated", task_id: ctx.taskId, violations, waived });
  return violations.length > 0 ? failed(violations) : passed();
};
