import { randomBytes } from "node:crypto";
import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { syncDirectory, writeAll } from "./durable-fs.ts";
import { evidenceWriteError } from "./evidence-fs-error.ts";

/** Matches the temporary files that a crash may leave beside their target. */
export const TEMPORARY_FILE = /^\.[A-Za-z0-9._-]+\.[0-9a-f]{16}\.tmp$/;

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Replaces the file `path` by `content`: a reader, or a crash at any moment, sees the old bytes or the new ones.
 * Mode 0600; durable when it returns. @throws RunnerError E104 no access, E109 disk full, E307 anything else.
 */
export function writeAtomicFile(path: string, content: string | Uint8Array): void {
  const directory = dirname(path);
  const temporary = join(directory, `.${basename(path)}.${randomBytes(8).toString("hex")}.tmp`);
  let fd: number | undefined;
  try {
    fd = openSync(temporary, CREATE, 0o600);
    writeAll(fd, typeof content === "string" ? Buffer.from(content) : content);
    fsyncSync(fd);
    closeSync(fd);
    fd = undefined;
    renameSync(temporary, path);
    syncDirectory(directory);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    rmSync(temporary, { force: true });
    throw evidenceWriteError(error, path);
  }
}
