import type { ErrorCode } from "./codes.ts";
import { RunnerError } from "./runner-error.ts";

/** What errno values mean to a person, and the code each gets where the call itself tells nothing better. */
const KNOWN: Readonly<Record<string, { code: ErrorCode; reason: string }>> = {
  ENOENT: { code: "E101", reason: "it does not exist" },
  ENOTDIR: { code: "E102", reason: "it is not a directory" },
  EACCES: { code: "E104", reason: "permission denied" },
  EPERM: { code: "E104", reason: "operation not permitted" },
  EROFS: { code: "E104", reason: "the file system is read-only" },
  ENOSPC: { code: "E109", reason: "no space is left" },
  EDQUOT: { code: "E109", reason: "the disk quota is used up" },
};

/**
 * Wraps an error of `node:fs` once, at the adapter; a RunnerError passes through unchanged.
 * @param path what was being used, for people
 * @param use `read` turns a refused access into E103, `write` into E104
 * @returns E101 (gone), E102 (no directory), E103/E104 (no access), E109 (disk full), else E119
 */
export function wrapFsError(error: unknown, path: string, use: "read" | "write"): RunnerError {
  if (error instanceof RunnerError) return error;
  const errno = (error as NodeJS.ErrnoException | null)?.code ?? "";
  const known = KNOWN[errno];
  if (known === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    return new RunnerError("E119", { path, reason }, error);
  }
  const code = known.code === "E104" && use === "read" ? "E103" : known.code;
  return new RunnerError(code, { path, reason: known.reason }, error);
}

/** Runs `work` and rethrows what it throws through {@link wrapFsError}. */
export async function withFsErrors<T>(
  path: string,
  use: "read" | "write",
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw wrapFsError(error, path, use);
  }
}
