import { listed, objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const denialsGate: Gate = {
  name: "denials",
  objectsTo: "a permission denied in EXECUTION",
  evaluate(evidence) {
    const denials = evidence.runs
      .filter(({ phase }) => phase === "EXECUTION")
      .flatMap(({ record }) => record.denials);
    if (denials.length === 0) return [];
    const tools = listed([...new Set(denials)].sort());
    return [objector("denials", evidence)("E215", "INCOMPLETE", { tools }, { approval: "accept" })];
  },
};
