import { lstatSync, mkdtempSync, readdirSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import type { Place } from "./types.ts";

/** Directories first made ours to enter: a child may have taken all rights from one that it made. */
async function unlock(dir: string): Promise<void> {
  await chmod(dir, 0o700);
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (lstatSync(path).isDirectory()) await unlock(path);
  }
}

async function remove(dir: string): Promise<void> {
  try {
    await rm(dir, { recursive: true, force: true });
  } catch {
    await unlock(dir);
    await rm(dir, { recursive: true, force: true });
  }
}

/** @throws RunnerError E109, E119. */
function fileSystemError(path: string, error: unknown): unknown {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new RunnerError(code === "ENOSPC" ? "E109" : "E119", { path, reason: message }, error);
}

/**
 * Gives `use` a folder of its own beside the child's HOME, so on a file system meant for writing, and removes it.
 * @throws RunnerError E109, E119 where the file system refuses, and what `use` throws.
 */
export async function withScratch<T>(place: Place, use: (scratch: string) => Promise<T>): Promise<T> {
  const parent = dirname(place.home);
  try {
    const scratch = mkdtempSync(join(parent, "sandbox-"));
    try {
      return await use(scratch);
    } finally {
      await remove(scratch);
    }
  } catch (error) {
    throw fileSystemError(parent, error);
  }
}
