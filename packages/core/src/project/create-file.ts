import { randomUUID } from "node:crypto";
import { link, lstat, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errnoOf } from "./fs-error.ts";

/**
 * Creates `path` with all of `text`, or not at all, and never replaces what is there: a file of our own is written and
 * synced first, then linked to its name.
 * @returns false where something by that name exists, a dangling link included.
 */
export async function createFile(path: string, text: string, mode = 0o644): Promise<boolean> {
  // First, so that a folder that has all of it need not be writable.
  if ((await lstat(path).catch(() => null)) !== null) return false;
  const temporary = join(dirname(path), `.pm-${randomUUID()}.tmp`);
  const file = await open(temporary, "wx", mode);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncDirectory(dirname(path));
  return true;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
