import { objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const providerGate: Gate = {
  name: "provider",
  objectsTo:
    "an objection of the provider's own at the end of the task, such as a left-over step of a recording",
  evaluate(evidence) {
    const reason = evidence.providerObjection;
    return reason === null ? [] : [objector("provider", evidence)("E509", "ERROR", { reason })];
  },
};
