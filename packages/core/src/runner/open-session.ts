/**
 * A session held by this process.
 *
 * Owns: the session's lock and its evidence while it is open. Talks to: evidence, the front end's event listener.
 * Invariants:
 * H1 nobody else writes the session meanwhile (E401 names the holder);
 * H2 an event that the lifecycle does not allow is refused before it is written;
 * H3 the state is always the fold of what is on disk.
 */
import * as path from "node:path";
import type { BlobRef } from "../evidence/blob-ref.ts";
import type { JournalLine } from "../evidence/events.ts";
import { applyLine, assertAllowed, foldSession } from "../evidence/fold.ts";
import { isBegun } from "../evidence/is-begun.ts";
import type { JournalHead } from "../evidence/read-journal.ts";
import type { Redactor } from "../evidence/redactor.ts";
import { openSessionEvidence } from "../evidence/session-evidence.ts";
import { acquireLock, LockHeldError } from "../locks/file-lock.ts";
import type { Clock } from "../ports/clock.ts";
import { fsError } from "../project/fs-error.ts";
import { projectLayout, sessionLayout } from "../project/layout.ts";
import { assertWhole } from "./assert-whole.ts";
import type { EngineEvent } from "./engine.ts";
import { sessionInUse } from "./session-holder.ts";
import type { HeldSession } from "./task-context.ts";

/** Long enough for the next agent to be started first. */
const CHECKPOINT_DELAY_MS = 100;

export interface OpenSession extends HeldSession {
  /** Grows with every process that takes the session. */
  readonly fence: number;
  lines(): readonly JournalLine[];
  head(): JournalHead;
}

export interface OpenSessionOptions {
  readonly project: string;
  readonly id: string;
  readonly clock: Clock;
  readonly compress: boolean;
  readonly redactor: Redactor;
  onEvent(event: EngineEvent): void;
}

/** @throws RunnerError E401 held, E301…E304 damaged, E104, E109, E307 not writable. */
export function openSession(options: OpenSessionOptions): OpenSession {
  const { project, id, clock } = options;
  const { dir } = sessionLayout(project, id);
  const now = () => clock.now();
  const lock = takeLock(path.join(projectLayout(project).locksDir, id), id, now);
  try {
    if (isBegun(dir)) assertWhole(dir, id);
    const evidence = openSessionEvidence(dir, {
      now,
      compress: options.compress,
      redactor: options.redactor,
    });
    const state = foldSession(evidence.lines());
    let soon: NodeJS.Timeout | undefined;
    const checkpoint = () => {
      clearTimeout(soon);
      soon = undefined;
      evidence.writeProjections();
    };
    const tryCheckpoint = () => {
      try {
        checkpoint();
      } catch {
        // They stay as they were, which is valid; the next one meets the same obstacle and says so.
      }
    };
    return {
      id,
      dir,
      project,
      state,
      fence: lock.fence,
      lines: () => evidence.lines(),
      head: () => evidence.head,
      record(event) {
        assertAllowed(state, event);
        const line = evidence.append(event);
        applyLine(state, line);
        options.onEvent({ kind: "journal", seq: line.seq, at: line.at, event: line.event });
      },
      blob: (name, content) => evidence.putBlob(name, content),
      read: (ref: BlobRef) => evidence.blobs.get(ref).toString("utf8"),
      checkpoint,
      checkpointSoon() {
        soon ??= setTimeout(tryCheckpoint, CHECKPOINT_DELAY_MS);
      },
      close() {
        clearTimeout(soon);
        evidence.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function takeLock(dir: string, id: string, now: () => Date) {
  try {
    return acquireLock(dir, { now });
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw fsError(error, dir, "write");
    throw sessionInUse(id, error.holder, error);
  }
}
