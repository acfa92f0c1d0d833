import { blobsOfEvent } from "../evidence/blobs-of-event.ts";
import type { JournalLine } from "../evidence/events.ts";
import { sha256 } from "../evidence/read-journal.ts";

/** @returns the digests of all blobs that these lines name, each once, sorted. */
export function blobDigests(lines: readonly JournalLine[]): string[] {
  return [...new Set(lines.flatMap(({ event }) => blobsOfEvent(event).map((ref) => ref.sha256)))].sort();
}

/** One digest for all blobs: `find blobs -type f -printf '%f\n' | LC_ALL=C sort | sha256sum` gives it, too. */
export function evidenceRoot(digests: readonly string[]): string {
  return sha256(digests.map((digest) => `${digest}\n`).join(""));
}
