import type { BlobRef } from "../evidence/blob-ref.ts";
import type { JournalLine } from "../evidence/events.ts";
import { foldSession } from "../evidence/fold.ts";
import { loadTaskEvidence } from "../evidence/load-task-evidence.ts";
import { evaluateGates } from "../gates/registry.ts";

/**
 * What the gates say from the files alone, as of the line before `gates.evaluated`: `verify` compares it with what the
 * engine recorded there.
 */
export function deriveTaskOutcome(
  before: readonly JournalLine[],
  taskId: string,
  read: (ref: BlobRef) => string,
) {
  const state = foldSession(before);
  const task = state.tasks.get(taskId);
  return task ? evaluateGates(loadTaskEvidence(state, task, read)) : null;
}
