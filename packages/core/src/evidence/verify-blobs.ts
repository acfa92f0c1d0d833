import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import type { BlobRef } from "./blob-ref.ts";
import { blobPath } from "./blobs.ts";
import { blobsOfEvent } from "./blobs-of-event.ts";
import { type JournalReading, readRegularFile, sha256 } from "./read-journal.ts";

export interface BlobCheck {
  readonly problems: readonly RunnerError[];
  readonly notes: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * Hashes every blob once: those that the journal names, in the order in which it does, and then what else is there. A
 * blob that no line names but whose name is true is left of a crash between the blob and its line, and harmless.
 * @param present paths of the blob files in the session folder `dir`.
 */
export function checkBlobs(dir: string, journal: JournalReading, present: readonly string[]): BlobCheck {
  const named = new Map<string, BlobRef>();
  for (const { event } of journal.lines) for (const ref of blobsOfEvent(event)) named.set(blobPath(ref), ref);
  const unnamed = present.filter((path) => !named.has(path));
  const problems: RunnerError[] = [];
  let files = 0;
  let bytes = 0;
  for (const path of [...named.keys(), ...unnamed]) {
    try {
      const stored = readRegularFile(`${dir}/${path}`);
      files += 1;
      bytes += stored.length;
      if (!isWhole(stored, path, named.get(path))) problems.push(new RunnerError("E303", { path }));
    } catch (error) {
      if (!isRunnerError(error)) throw error;
      problems.push(new RunnerError(error.code, { ...error.data, path }, error));
    }
  }
  const notes =
    unnamed.length > 0 && !journal.problem
      ? [`${unnamed.length} blobs are named by no line of the journal`]
      : [];
  return { problems, notes, files, bytes };
}

function isWhole(stored: Buffer, path: string, ref: BlobRef | undefined): boolean {
  if (ref?.encoding === "identity" && ref.bytes !== stored.length) return false;
  return path.endsWith(`/${sha256(stored)}`);
}
