import type { JournalEvent } from "../evidence/events.ts";
import type { Trigger } from "./transitions.ts";

/** @returns what an event means to the lifecycle, or null where it moves nothing. */
export function triggerOf(event: JournalEvent): Trigger | null {
  switch (event.type) {
    case "snapshot.taken":
    case "phase.passed":
    case "phase.failed":
    case "phase.skipped":
    case "landing.finished":
    case "landing.merged":
    case "landing.conflicted":
    case "task.failed":
    case "task.cancelled":
    case "task.ended":
      return event.type;
    case "approval.given":
      if (event.effect !== "rerun") return `approval.${event.effect}`;
      return event.rerun_from ? `approval.rerun:${event.rerun_from}` : null;
    default:
      return null;
  }
}
