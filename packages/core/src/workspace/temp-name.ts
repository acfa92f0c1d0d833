import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";

/**
 * Gives `work` a path in `dir` that nothing else uses and removes whatever it left there.
 * @throws E104, E109 where `dir` can't be made
 */
export async function withTempPath<T>(
  dir: string,
  what: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  await withFsErrors(dir, "write", () => mkdir(dir, { recursive: true }));
  const path = join(dir, `${what}-${randomBytes(8).toString("hex")}`);
  try {
    return await work(path);
  } finally {
    await rm(path, { recursive: true, force: true });
    await rm(`${path}.lock`, { force: true });
  }
}
