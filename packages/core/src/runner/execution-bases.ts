import type { TreeId } from "../evidence/change.ts";
import type { JournalLine } from "../evidence/events.ts";
import { applyLine, foldSession } from "../evidence/fold.ts";

/**
 * What the agents of each task worked on. That is not always the base it ended with: a landing that is merged with the
 * user's edits gives the task another one, when its agents are done.
 */
export function executionBases(lines: readonly JournalLine[]): ReadonlyMap<string, TreeId> {
  const bases = new Map<string, TreeId>();
  const state = foldSession([]);
  for (const line of lines) {
    const { event } = line;
    const taskId = "task_id" in event ? event.task_id : "";
    const baseNow = () => state.tasks.get(taskId)?.base ?? null;
    const before = baseNow();
    applyLine(state, line);
    const base = baseNow();
    const begins = event.type === "phase.started" && event.phase === "EXECUTION";
    const given = base !== before && event.type !== "landing.merged";
    if (base !== null && (begins || given)) bases.set(taskId, base);
  }
  return bases;
}
