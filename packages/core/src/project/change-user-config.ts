/**
 * Changes `config.json` of the home folder.
 *
 * Invariants:
 * K1 the file is replaced whole, with mode 0600, and only where nobody else could have written or read the one before (E113);
 * K2 what else it holds stays: it is read and replaced under a lock between processes;
 * K3 no error quotes a key.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { RunnerError } from "../errors/runner-error.ts";
import { acquireLock, type HeldLock, LockHeldError } from "../locks/file-lock.ts";
import { fsError } from "./fs-error.ts";
import { makeDirs } from "./make-dirs.ts";
import { replaceFile } from "./replace-file.ts";
import { loadUserConfig, type UserConfig } from "./user-config.ts";

const WAIT_MS = 10_000;
const LOOK_MS = 20;

/**
 * @param home as `pmHome` gives it; created with mode 0700 where it is missing
 * @param change gets what the file holds now
 * @throws RunnerError E112 the file is not valid; E113 not the user's alone; E104, E109, E119, E123 not writable; E402 held by
 *   another process for 10 s
 */
export async function changeUserConfig(
  home: string,
  change: (config: UserConfig) => UserConfig,
): Promise<void> {
  await ownFolder(home);
  const lock = await lockOf(home);
  try {
    const next = change(await loadUserConfig(home));
    await replaceFile(join(home, "config.json"), `${JSON.stringify(next, null, 2)}\n`, 0o600);
  } finally {
    lock.release();
  }
}

/** @throws RunnerError E113, E123 */
async function ownFolder(home: string): Promise<void> {
  try {
    makeDirs(home);
    const found = await stat(home);
    const owner = process.getuid?.() ?? found.uid;
    const reason =
      found.uid !== owner
        ? "it belongs to another user"
        : (found.mode & 0o022) !== 0
          ? "other users can write to it"
          : null;
    if (reason !== null) throw new RunnerError("E113", { path: home, reason });
  } catch (error) {
    if (error instanceof RunnerError) throw error;
    const { reason = "it can't be made" } = fsError(error, home, "write").data;
    throw new RunnerError("E123", { path: home, reason }, error);
  }
}

/** @throws RunnerError E402, E123 */
async function lockOf(home: string): Promise<HeldLock> {
  const dir = join(home, "locks", "config");
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return acquireLock(dir, { now: () => new Date() });
    } catch (error) {
      if (!(error instanceof LockHeldError)) {
        throw new RunnerError("E123", { path: dir, reason: fsError(error, dir, "write").message }, error);
      }
      if (performance.now() > deadline) {
        const holder = `pid ${error.holder.pid}`;
        throw new RunnerError("E402", { seconds: WAIT_MS / 1000, what: join(home, "config.json"), holder });
      }
      await wait(LOOK_MS);
    }
  }
}
