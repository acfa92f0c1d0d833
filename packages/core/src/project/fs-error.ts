import { RunnerError } from "../errors/runner-error.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ELOOP: "it is a symbolic link, or too many of them",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "it does not exist",
  EEXIST: "something else is in its place",
};

/** @returns the `code` of a system error, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Wraps an error of `node:fs` once: E109 no space, E103 or E104 access, else E119. A RunnerError stays what it is. */
export function fsError(error: unknown, path: string, doing: "read" | "write"): RunnerError {
  if (error instanceof RunnerError) return error;
  const code = errnoOf(error);
  const reason = REASONS[code ?? ""] ?? (error instanceof Error ? error.message : String(error));
  if (code === "ENOSPC" || code === "EDQUOT") return new RunnerError("E109", { path }, error);
  if (code === "EROFS") return new RunnerError("E104", { path, reason }, error);
  if (code === "EACCES" || code === "EPERM") {
    return new RunnerError(doing === "read" ? "E103" : "E104", { path, reason }, error);
  }
  return new RunnerError("E119", { path, reason }, error);
}
