import * as path from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import type { BlobRef } from "../evidence/blob-ref.ts";
import { createBlobReader } from "../evidence/blobs.ts";
import type { JournalLine } from "../evidence/events.ts";
import { foldSession } from "../evidence/fold.ts";
import { namedHead } from "../evidence/named-head.ts";
import {
  type JournalHead,
  type JournalReading,
  readJournal,
  readRegularFile,
} from "../evidence/read-journal.ts";
import { SESSION_FILE } from "../evidence/session-files.ts";
import type { SessionState } from "../evidence/session-state.ts";
import { checkHead } from "../evidence/verify-heads.ts";
import { sessionLayout } from "../project/layout.ts";

export interface SessionReading {
  readonly dir: string;
  readonly lines: readonly JournalLine[];
  readonly state: SessionState;
  /** @throws RunnerError E301, E303. */
  read(ref: BlobRef): string;
}

/**
 * Reads a session without holding it.
 * @throws RunnerError E302 where its journal is damaged, or ends before the line that `session.json` names.
 */
export function readSession(project: string, id: string): SessionReading {
  const { dir, journal } = sessionLayout(project, id);
  // Read first: whoever holds the session writes the journal before the file that names its head.
  const known = headOfSessionFile(dir);
  const reading = readJournal(journal, known ? [known] : []);
  if (reading.problem) throw new RunnerError("E302", { path: path.basename(journal), ...reading.problem });
  if (known) assertReached(known, reading);
  const blobs = createBlobReader(dir);
  return {
    dir,
    lines: reading.lines,
    state: foldSession(reading.lines),
    read: (ref) => blobs.get(ref).toString("utf8"),
  };
}

/** Null where there is none or it can't be read: `pm verify` tells what is wrong with it, the journal holds the truth. */
function headOfSessionFile(dir: string): JournalHead | null {
  try {
    return namedHead(readRegularFile(path.join(dir, SESSION_FILE)));
  } catch {
    return null;
  }
}

/** A chain alone can't tell that its end was cut off. */
function assertReached(head: JournalHead, reading: JournalReading): void {
  const error = checkHead({ file: SESSION_FILE, head }, [], reading);
  if (error?.code === "E302") throw error;
}
