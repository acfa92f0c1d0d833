import type { ErrorCode, Termination } from "@pm/core";

/** @returns the code of a run that a limit ended, null where none did. */
export function limitCode(termination: Termination): ErrorCode | null {
  if (termination === "time_limit") return "E211";
  if (termination === "idle_limit") return "E210";
  return null;
}
