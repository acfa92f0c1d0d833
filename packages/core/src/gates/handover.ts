import { checkPlan, checkRequirements, checkSubtasks } from "./handover-rules.ts";
import type { Gate } from "./task-evidence.ts";

export const handoverGate: Gate = {
  name: "handover",
  objectsTo:
    "hand-over documents that don't fit each other: unknown ids, cycles, requirements that nothing serves or checks",
  evaluate(evidence) {
    const { requirements, subtasks, plan, sessionId, taskId, kind } = evidence;
    if (requirements === null) return [];
    const context = { sessionId, taskId };
    const hasPersonChecks = evidence.personChecks.length > 0;
    return [
      ...checkRequirements(requirements, context),
      ...(subtasks === null ? [] : checkSubtasks(requirements, subtasks, context)),
      ...(plan === null ? [] : checkPlan(requirements, plan, { ...context, kind, hasPersonChecks })),
    ];
  },
};
