import type { JournalEvent } from "../evidence/events.ts";
import type { LifecycleState } from "./transitions.ts";

/** Where events stand that carry no phase and move nothing: anywhere else they would be evidence made up afterwards. */
const PLACES: Partial<Record<JournalEvent["type"], LifecycleState>> = {
  "provider.objected": "EXECUTION",
  "gates.evaluated": "COMPLETION_VALIDATION",
  "landing.started": "LANDING",
  "landing.undone": "LANDING",
  "report.written": "REPORT",
};

/** @returns the only state in which the event may be recorded, or null where the transition table alone decides. */
export function belongsTo(event: JournalEvent): LifecycleState | null {
  if ("phase" in event && event.phase !== null) return event.phase;
  return PLACES[event.type] ?? null;
}
