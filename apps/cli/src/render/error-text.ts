import { type ErrorReport, RunnerError, stripToLine } from "@pm/core";
import type { Painter } from "./painter.ts";

/** @returns any error as a report with a code; what is not ours is wrapped, and its own words kept. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof RunnerError) {
    // A usage error outside of any command has no command to name in its hint.
    return { ...error.toReport(), hint: error.hint.replaceAll(/ {2,}/g, " ") };
  }
  const cause: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  if (cause.syscall === "uv_cwd") {
    return new RunnerError("E101", { path: process.env.PWD ?? "." }, error).toReport();
  }
  if (cause.code === "ENOSPC") return new RunnerError("E109", { path: cause.path ?? "?" }, error).toReport();
  if (typeof cause.syscall === "string" && typeof cause.path === "string") {
    return new RunnerError("E119", { path: cause.path, reason: cause.message }, error).toReport();
  }
  return new RunnerError("E121", { reason: `${cause.name}: ${cause.message}` }, error).toReport();
}

export function errorText(report: ErrorReport, paint: Painter): string {
  const head = `${paint.red(report.code)} ${paint.bold(report.title)}: ${stripToLine(report.message)}`;
  const log = logOf(report).map((line) => `  ${paint.dim("|")} ${stripToLine(line)}\n`);
  return `${head}\n${log.join("")}  Fix: ${stripToLine(report.hint)}\n`;
}

/** Of a process that failed: what it printed last. */
function logOf({ data }: ErrorReport): readonly string[] {
  return Array.isArray(data.log) ? data.log.filter((line) => typeof line === "string") : [];
}
