/**
 * Changes the project from one tree to another, and puts right what a crash left half done.
 *
 * Invariants: W3 and W4 of `types.ts`. The engine holds the project's lock and has journaled the landing before.
 */
import { basename, dirname } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { wrapFsError } from "../errors/wrap-fs-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { applySteps, type LandHook } from "./apply-landing.ts";
import type { DiskState } from "./disk-state.ts";
import type { Git } from "./git.ts";
import { isTempName, type LandStep, planLanding } from "./landing-plan.ts";
import { secureObjects } from "./secure-objects.ts";
import { removeTemps, undoLanding } from "./undo-landing.ts";
import { findConflicts, isAs, readStates } from "./verify-landing.ts";

const noHook: LandHook = async () => undefined;

/**
 * @returns the paths where the user's own changes forbid it, sorted; nothing is changed then
 * @throws E104, E109, E119 with the project as it was; E239 where what was written could not be taken back
 */
export async function landTrees(
  git: Git,
  root: string,
  from: TreeId,
  to: TreeId,
  hook: LandHook = noHook,
): Promise<{ conflicts: string[] }> {
  const steps = await planLanding(git, from, to);
  if (steps.length === 0) return { conflicts: [] };
  try {
    const conflicts = await findConflicts(root, steps, await readStates(root, steps));
    if (conflicts.length > 0) return { conflicts };
    await secureObjects(git, from, to);
  } catch (error) {
    throw failureAt(root, error);
  }
  const stoppedAt = await orUndo(git, root, steps, () => applySteps(git, root, steps, hook));
  if (stoppedAt === null) return { conflicts: [] };
  await undoLanding(git, root, steps);
  return { conflicts: [stoppedAt] };
}

/**
 * Finishes a landing that was cut short where every path still is as before or as after it; otherwise, or where it can't be
 * finished, undoes it, leaving alone what the user has changed since.
 * @throws E104, E109, E119 with the landing undone; E239 where that could not be done
 */
export async function recoverLanding(
  git: Git,
  root: string,
  from: TreeId,
  to: TreeId,
  hook: LandHook = noHook,
): Promise<"finished" | "undone"> {
  const steps = await planLanding(git, from, to).catch((cause: unknown) => {
    const { reason } = wrapFsError(cause, root, "read").data;
    throw new RunnerError("E239", { project: root, paths: "nobody can tell which", reason }, cause);
  });
  const finished = await orUndo(git, root, steps, async () => {
    for (const step of steps) await removeTemps(root, step);
    const open = await openSteps(root, steps);
    return open !== null && (await applySteps(git, root, open, hook)) === null;
  });
  if (finished) return "finished";
  await undoLanding(git, root, steps);
  return "undone";
}

/** @returns what is still to be done, or null where a path is as neither before nor after */
async function openSteps(root: string, steps: readonly LandStep[]): Promise<LandStep[] | null> {
  const ours = new Set(steps.map((step) => step.path));
  const states = await readStates(root, steps);
  const open: LandStep[] = [];
  for (const step of steps) {
    const state = states.get(step.path) as DiskState;
    if (await isAs("to", root, step, state, ours)) continue;
    if (!(await isAs("from", root, step, state, ours))) return null;
    open.push(step);
  }
  return open;
}

/** A change of the project that fails is taken back before the failure is told. */
async function orUndo<T>(
  git: Git,
  root: string,
  steps: readonly LandStep[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await undoLanding(git, root, steps);
    throw failureAt(root, error);
  }
}

/** A person knows the place that was to be changed, not the name of our temp file. */
function failureAt(root: string, error: unknown): RunnerError {
  const { dest, path } = error as { readonly dest?: string; readonly path?: string };
  const place = dest ?? path ?? root;
  return wrapFsError(error, isTempName(basename(place)) ? dirname(place) : place, "write");
}
