import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isRunnerError } from "../errors/runner-error.ts";
import { evidenceWriteError } from "./evidence-fs-error.ts";
import { foldSession, overallStatus } from "./fold.ts";
import { readJournal } from "./read-journal.ts";
import { JOURNAL_FILE } from "./session-files.ts";

export interface RetentionOptions {
  readonly retentionDays: number;
  readonly now: Date;
  /** Whether a live process holds the session. */
  isHeld(sessionId: string): boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DOOMED = ".expired-";

/**
 * Deletes sessions that ended longer ago than `retentionDays`. One that is open, held, or can't be understood is never
 * deleted, however old.
 * @param sessionsDir `<project>/.pm/sessions`.
 * @returns the ids of the deleted ones. @throws RunnerError E104, E307 where one can't be deleted.
 */
export function deleteExpiredSessions(sessionsDir: string, options: RetentionOptions): string[] {
  if (!existsSync(sessionsDir)) return [];
  const names = readdirSync(sessionsDir);
  for (const name of names.filter((other) => other.startsWith(DOOMED))) remove(join(sessionsDir, name));
  const expired = names.filter((name) => isExpired(sessionsDir, name, options));
  for (const name of expired) {
    // Renamed first, so that a crash never leaves half a session under its own name.
    const doomed = join(sessionsDir, `${DOOMED}${name}`);
    try {
      renameSync(join(sessionsDir, name), doomed);
    } catch (error) {
      throw evidenceWriteError(error, join(sessionsDir, name));
    }
    remove(doomed);
  }
  return expired;
}

function isExpired(sessionsDir: string, name: string, options: RetentionOptions): boolean {
  if (!name.startsWith("session-") || options.isHeld(name)) return false;
  const endedAt = endOf(join(sessionsDir, name, JOURNAL_FILE));
  return endedAt !== null && options.now.getTime() - Date.parse(endedAt) > options.retentionDays * DAY_MS;
}

/** @returns when a session that can't go on ended, or null for one that can, or whose journal says nothing certain. */
function endOf(journal: string): string | null {
  try {
    const reading = readJournal(journal);
    if (reading.problem || reading.torn) return null;
    const state = foldSession(reading.lines);
    const finished =
      overallStatus(state) !== "INCOMPLETE" || [...state.tasks.values()].some((task) => task.cancelled);
    return finished ? state.endedAt : null;
  } catch (error) {
    if (isRunnerError(error)) return null;
    throw error;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw evidenceWriteError(error, path);
  }
}
