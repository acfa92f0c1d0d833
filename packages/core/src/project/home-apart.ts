import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { isInside } from "./is-inside.ts";

/**
 * The home folder holds the key that signs and the person's API keys; all of a project is copied, and shown to agents.
 * @param home as `pmHome` gives it; need not be there yet. @throws RunnerError E127 where it lies in the project, links aside
 */
export function assertHomeApart(home: string, project: string): void {
  if (isInside(real(project), real(home))) throw new RunnerError("E127", { path: home, project });
}

/** Of what is there of a path; the rest would be made below it. */
function real(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    return dirname(full) === full ? full : join(real(dirname(full)), basename(full));
  }
}
