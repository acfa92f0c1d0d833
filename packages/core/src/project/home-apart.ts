import { RunnerError } from "../errors/runner-error.ts";
import { isWithin, realPathOf } from "./paths.ts";

/**
 * The home folder holds the key that signs and the person's API keys; all of a project is copied, and shown to agents.
 * @param home as `pmHome` gives it; need not be there yet. @throws RunnerError E127 where it lies in the project, links aside
 */
export function assertHomeApart(home: string, project: string): void {
  if (isWithin(realPathOf(home), realPathOf(project))) throw new RunnerError("E127", { path: home, project });
}
