import { RunnerError } from "@pm/core";

/** A foreign error that reached the worker is a fault of ours: E446. */
export function asRunnerError(error: unknown): RunnerError {
  if (error instanceof RunnerError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new RunnerError("E446", { reason }, error);
}
