import { createHash } from "node:crypto";
import { isAnswer } from "./answers.ts";
import { objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const changeGate: Gate = {
  name: "change",
  objectsTo: "a result that equals the base, or an answer that no human has accepted yet",
  evaluate(evidence) {
    const object = objector("change", evidence);
    const { change } = evidence;
    const answer = evidence.requirements?.answer;
    const changed = change !== null && change.result !== change.base && change.files.length > 0;
    if (isAnswer(evidence) && (changed || answer !== undefined)) {
      // The digest binds a waiver to these very words.
      const digest = createHash("sha256")
        .update(answer ?? "")
        .digest("hex")
        .slice(0, 32);
      return [object("E219", "INCOMPLETE", { digest }, { approval: "accept" })];
    }
    return changed ? [] : [object("E218", "NO_EVIDENCE", {})];
  },
};
