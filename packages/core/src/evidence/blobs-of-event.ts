import type { BlobRef } from "./blob-ref.ts";
import type { JournalEvent } from "./events.ts";

/** @returns every blob that an event names. */
export function blobsOfEvent(event: JournalEvent): BlobRef[] {
  const found: BlobRef[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (value === null || typeof value !== "object") return;
    // The event was validated, and nothing else in it has these two keys.
    if ("sha256" in value && "encoding" in value) found.push(value as BlobRef);
    else for (const inner of Object.values(value)) visit(inner);
  };
  visit(event);
  return found;
}
