import { RunnerError } from "../errors/runner-error.ts";
import { verifySession } from "../evidence/verify.ts";
import { deriveTaskOutcome } from "./derive-task-outcome.ts";

/** What was altered must not be built upon. @throws RunnerError E310 naming the first thing wrong. */
export function assertWhole(dir: string, id: string): void {
  const [problem] = verifySession(dir, { deriveOutcome: deriveTaskOutcome }).problems;
  if (problem) throw new RunnerError("E310", { session: id, code: problem.code, reason: problem.message });
}
