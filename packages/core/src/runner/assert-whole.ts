import { RunnerError } from "../errors/runner-error.ts";
import { inspectSession } from "../evidence/verify.ts";
import { deriveTaskOutcome } from "./derive-task-outcome.ts";

/** Of these nothing is known: what could not be read this time may be whole. */
const UNREAD = ["E103", "E119"];

/**
 * What was altered must not be built upon.
 * @throws RunnerError E310 naming the first thing wrong; E103, E119 where something can't be read
 */
export function assertWhole(dir: string, id: string): void {
  const { problems } = inspectSession(dir, { deriveOutcome: deriveTaskOutcome });
  // What has no place there is altered, whether it can be read or not.
  const foreign = problems.some(({ code }) => code === "E309");
  const unread = problems.find(({ code }) => UNREAD.includes(code));
  if (unread && !foreign) throw unread;
  const [problem] = problems;
  if (problem) throw new RunnerError("E310", { session: id, code: problem.code, reason: problem.message });
}
