import { type ErrorCode, isRunnerError, RunnerError } from "@pm/core";

/** Primary result codes of SQLite; the low byte of an extended one. */
const BUSY = [5, 6];
const READ_ONLY = [3, 8, 23];
const DAMAGED = [11, 26];
const FULL = 13;
/** No room for the shared memory file: SQLITE_IOERR_SHMSIZE. */
const NO_SHARED_MEMORY = 10 | (19 << 8);
const NO_SPACE = ["ENOSPC", "EDQUOT"];
const NOT_ALLOWED = ["EACCES", "EPERM", "EROFS"];

interface Foreign {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly sqliteExtendedCode?: unknown;
  readonly errcode?: unknown;
}

function extendedCode(error: unknown): number {
  const { sqliteExtendedCode, errcode } = (error ?? {}) as Foreign;
  return Number(sqliteExtendedCode ?? errcode ?? 0);
}

/** Whether it only says that somebody else has the lock just now. */
export const isBusy = (error: unknown): boolean => BUSY.includes(extendedCode(error) & 0xff);

export const isDamage = (error: unknown): boolean =>
  isRunnerError(error, "E423") || DAMAGED.includes(extendedCode(error) & 0xff);

/** @returns the error of the registry for what SQLite or the file system said; one of ours stays as it is. */
export function wrapSqliteError(error: unknown, path: string): RunnerError {
  if (isRunnerError(error)) return error;
  const { message, code } = (error ?? {}) as Foreign;
  return new RunnerError(codeOf(error, String(code)), { path, reason: String(message ?? error) }, error);
}

function codeOf(error: unknown, systemCode: string): ErrorCode {
  const extended = extendedCode(error);
  const primary = extended & 0xff;
  if (primary === FULL || extended === NO_SHARED_MEMORY || NO_SPACE.includes(systemCode)) return "E421";
  if (READ_ONLY.includes(primary) || NOT_ALLOWED.includes(systemCode)) return "E422";
  if (DAMAGED.includes(primary)) return "E423";
  return "E420";
}
