import { RunnerError } from "../errors/runner-error.ts";
import { wrapFsError } from "../errors/wrap-fs-error.ts";

/** The user can mend these by other means than a new disk. */
const OF_THE_PROJECT = ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"];

/** @returns what a failed write of evidence is to the user: E104 no access, E109 disk full, E307 for anything else. */
export function evidenceWriteError(error: unknown, path: string): RunnerError {
  if (error instanceof RunnerError) return error;
  if (OF_THE_PROJECT.includes(errnoOf(error))) return wrapFsError(error, path, "write");
  const reason = error instanceof Error ? error.message : String(error);
  return new RunnerError("E307", { path, reason }, error);
}

/** @returns what a failed read of evidence is to the user: E301 missing, E303 a symlink, E103 no access, else E119. */
export function evidenceReadError(error: unknown, path: string): RunnerError {
  const errno = errnoOf(error);
  if (errno === "ENOENT" || errno === "ENOTDIR") return new RunnerError("E301", { path }, error);
  if (errno === "ELOOP") return new RunnerError("E303", { path }, error);
  return wrapFsError(error, path, "read");
}

function errnoOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? "";
}
