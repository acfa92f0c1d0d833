import { objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const secretsGate: Gate = {
  name: "secrets",
  objectsTo: "a known key, or something of a key's form, in the change",
  evaluate(evidence) {
    const object = objector("secrets", evidence);
    return (evidence.change?.secrets ?? []).map(({ path, kind }) =>
      object("E229", "INCOMPLETE", { path, kind }, { approval: "accept", paths: [path] }),
    );
  },
};
