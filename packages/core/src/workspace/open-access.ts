import { execFile } from "node:child_process";
import { chmod, lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { wrapFsError } from "../errors/wrap-fs-error.ts";

const run = promisify(execFile);

/**
 * Gives the owner back all access to a directory tree and, where `files` is set, to the files in it. Follows no symlink.
 * What can't be changed or vanishes is passed over: whoever reads next says so.
 */
export async function openAccess(dir: string, files: boolean): Promise<void> {
  const stat = await lstat(dir).catch(() => null);
  if (stat?.isDirectory() !== true) return;
  if ((stat.mode & 0o700) !== 0o700) await chmod(dir, (stat.mode & 0o7777) | 0o700).catch(() => undefined);
  for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await openAccess(path, files);
    else if (files && entry.isFile()) await openFile(path);
  }
}

async function openFile(path: string): Promise<void> {
  const stat = await lstat(path).catch(() => null);
  if (stat?.isFile() === true && (stat.mode & 0o400) === 0) {
    await chmod(path, (stat.mode & 0o7777) | 0o400).catch(() => undefined);
  }
}

/**
 * Removes a directory tree whatever its permissions.
 * @throws E104, E119
 */
export async function removeTree(dir: string): Promise<void> {
  if ((await lstat(dir).catch(() => null)) === null) return;
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    // Of its own, so that thousands of files keep nothing else here waiting.
    await run("rm", ["-rf", "--", dir], { env: { PATH: "/usr/bin:/bin" } });
  } catch {
    await openAccess(dir, false);
    await rm(dir, options).catch((error: unknown) => {
      throw wrapFsError(error, dir, "write");
    });
  }
}
