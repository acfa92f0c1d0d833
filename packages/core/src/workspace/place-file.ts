import type { Stats } from "node:fs";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  rename,
  rmdir,
  symlink,
  unlink,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TreeEntry } from "./trees.ts";

const SYMLINK = "120000";
const isErrno = (error: unknown, ...codes: string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException | null)?.code ?? "");

/**
 * Writes the new content beside its target, fsynced, ready to be renamed.
 * @param old the regular file that it replaces, whose permissions and owner it keeps
 */
export async function writeTemp(
  temp: string,
  entry: TreeEntry,
  content: Buffer,
  old: Stats | null,
): Promise<void> {
  // Only a crashed landing leaves one of this name.
  await unlink(temp).catch(ignoreMissing);
  if (entry.mode === SYMLINK) {
    await symlink(content, temp);
    return;
  }
  const executable = entry.mode === "100755";
  const file = await open(temp, "wx", executable ? 0o777 : 0o666);
  try {
    await file.writeFile(content);
    if (old?.isFile() === true) {
      await chown(temp, old.uid, old.gid).catch(() => undefined);
      await chmod(temp, modeLike(old.mode, executable));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The user's permissions; only a changed executable bit is carried over, to those who may read. */
function modeLike(old: number, executable: boolean): number {
  const mode = old & 0o7777;
  if (executable === ((old & 0o100) !== 0)) return mode;
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}

/**
 * Puts a prepared temp file at its place.
 * @param fresh nothing may be there: a file that appeared meanwhile is left alone
 * @returns false where something was there though `fresh`
 */
export async function placeTemp(temp: string, target: string, fresh: boolean): Promise<boolean> {
  const made = await mkdir(dirname(target), { recursive: true });
  try {
    return await place(temp, target, fresh);
  } catch (error) {
    // Best effort: an empty directory is no file that a landing has to answer for.
    for (let dir = dirname(target); made !== undefined && dir.length >= made.length; dir = dirname(dir))
      await rmdir(dir).catch(() => undefined);
    throw error;
  }
}

async function place(temp: string, target: string, fresh: boolean): Promise<boolean> {
  if (!fresh) {
    await rename(temp, target);
    return true;
  }
  try {
    // Unlike a rename these never replace; a hard link to a symlink is not the same on every system.
    if ((await lstat(temp)).isSymbolicLink())
      await symlink(await readlink(temp, { encoding: "buffer" }), target);
    else await link(temp, target);
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    if (!isErrno(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "ENOSYS", "EXDEV")) throw error;
    // A file system without hard links; the caller has just looked that nothing is there.
    await rename(temp, target);
    return true;
  }
  await unlink(temp);
  return true;
}

/** Removes a directory that holds nothing but directories. @returns false where there is more in it */
export async function removeEmptyDirs(dir: string): Promise<boolean> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || !(await removeEmptyDirs(join(dir, entry.name)))) return false;
  }
  await rmdir(dir);
  return true;
}

/** Removes a file and the directories above it that this empties, up to `root`. */
export async function removeFile(root: string, path: string): Promise<void> {
  await unlink(join(root, path)).catch(ignoreMissing);
  for (let dir = dirname(path); dir !== "."; dir = dirname(dir)) {
    try {
      await rmdir(join(root, dir));
    } catch {
      // Something of the user's is still in it.
      return;
    }
  }
}

/** Makes names in a directory durable; a directory that is gone needs nothing. */
export async function syncDir(dir: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(dir, "r");
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR")) return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function removeTemp(path: string): Promise<void> {
  await unlink(path).catch(ignoreMissing);
}

export function ignoreMissing(error: unknown): void {
  if (!isErrno(error, "ENOENT", "ENOTDIR")) throw error;
}
