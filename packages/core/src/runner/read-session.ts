import * as path from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import type { BlobRef } from "../evidence/blob-ref.ts";
import { createBlobReader } from "../evidence/blobs.ts";
import type { JournalLine } from "../evidence/events.ts";
import { foldSession } from "../evidence/fold.ts";
import { readJournal } from "../evidence/read-journal.ts";
import type { SessionState } from "../evidence/session-state.ts";
import { sessionLayout } from "../project/layout.ts";

export interface SessionReading {
  readonly dir: string;
  readonly lines: readonly JournalLine[];
  readonly state: SessionState;
  /** @throws RunnerError E301, E303. */
  read(ref: BlobRef): string;
}

/** Reads a session without holding it. @throws RunnerError E302 where its journal is damaged. */
export function readSession(project: string, id: string): SessionReading {
  const { dir, journal } = sessionLayout(project, id);
  const reading = readJournal(journal);
  if (reading.problem) throw new RunnerError("E302", { path: path.basename(journal), ...reading.problem });
  const blobs = createBlobReader(dir);
  return {
    dir,
    lines: reading.lines,
    state: foldSession(reading.lines),
    read: (ref) => blobs.get(ref).toString("utf8"),
  };
}
