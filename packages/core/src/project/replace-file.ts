import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fsError } from "./fs-error.ts";

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Replaces the file `path`, or creates it: a reader, or a crash at any moment, sees the old content or all of the new one. A link
 * of that name is replaced, never followed.
 * @throws RunnerError E104, E109, E119
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.pm-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, CREATE, mode);
    try {
      // The umask must not take away what the file had.
      await file.chmod(mode);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    const directory = await open(folder, "r");
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw fsError(error, path, "write");
  }
}
