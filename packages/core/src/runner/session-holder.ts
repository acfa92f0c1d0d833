import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { type LockHolder, lockHolder } from "../locks/file-lock.ts";
import { projectLayout } from "../project/layout.ts";

/** @returns the live process that holds a session, or null. */
export function sessionHolder(project: string, id: string): LockHolder | null {
  return lockHolder(join(projectLayout(project).locksDir, id));
}

/** What a holder is doing is open: its runs must not pass for ones that were cut short. @throws RunnerError E401. */
export function assertNotHeld(project: string, id: string): void {
  const holder = sessionHolder(project, id);
  if (holder) throw sessionInUse(id, holder);
}

export function sessionInUse(id: string, holder: LockHolder, cause?: unknown): RunnerError {
  return new RunnerError("E401", { id, pid: holder.pid, started: holder.startedAt }, cause);
}
