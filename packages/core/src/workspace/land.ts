/**
 * Changes the project from one tree to another, and puts right what a crash left half done.
 *
 * Invariants: W3 and W4 of `types.ts`. The engine holds the project's lock and has journaled the landing before.
 */
import { join } from "node:path";
import { wrapFsError } from "../errors/wrap-fs-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { applySteps, dirsAbove, type LandHook } from "./apply-landing.ts";
import { type DiskState, diskState } from "./disk-state.ts";
import type { Git } from "./git.ts";
import { type LandStep, planLanding, reversed } from "./landing-plan.ts";
import { removeTemp } from "./place-file.ts";
import { secureObjects } from "./secure-objects.ts";
import { findConflicts, holds, readStates } from "./verify-landing.ts";

const noHook: LandHook = async () => undefined;

/**
 * @returns the paths where the user's own changes forbid it, sorted; nothing is changed then
 * @throws E104, E109, E119 with the project as it was
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
  let begun = false;
  try {
    const conflicts = await findConflicts(root, steps, await readStates(root, steps));
    if (conflicts.length > 0) return { conflicts };
    await secureObjects(git, from, to);
    begun = true;
    const stoppedAt = await applySteps(git, root, steps, hook);
    if (stoppedAt === null) return { conflicts: [] };
    await undo(git, root, steps);
    return { conflicts: [stoppedAt] };
  } catch (error) {
    if (begun) await undo(git, root, steps).catch(() => undefined);
    throw wrapFsError(error, root, "write");
  }
}

/**
 * Finishes a landing that was cut short where every path still is as before or as after it; otherwise undoes it, leaving
 * alone what the user has changed since.
 * @throws E104, E109, E308, E119
 */
export async function recoverLanding(
  git: Git,
  root: string,
  from: TreeId,
  to: TreeId,
  hook: LandHook = noHook,
): Promise<"finished" | "undone"> {
  const steps = await planLanding(git, from, to);
  try {
    for (const step of steps) {
      // The deepest directory may be one that the landing made for another path after it had prepared this one.
      for (const dir of await dirsAbove(root, step.path)) await removeTemp(join(root, dir, step.temp));
    }
    const ours = new Set(steps.map((step) => step.path));
    const states = await readStates(root, steps);
    const open: LandStep[] = [];
    let foreign = false;
    for (const step of steps) {
      const state = states.get(step.path) as DiskState;
      if (await is(root, step, "to", state, ours)) continue;
      if (await is(root, step, "from", state, ours)) open.push(step);
      else foreign = true;
    }
    if (!foreign && (await applySteps(git, root, open, hook)) === null) return "finished";
    await undo(git, root, steps);
    return "undone";
  } catch (error) {
    throw wrapFsError(error, root, "write");
  }
}

/** Puts every path that is as after the landing back to what it was before. */
async function undo(git: Git, root: string, steps: readonly LandStep[]): Promise<void> {
  const ours = new Set(steps.map((step) => step.path));
  let done: LandStep[] = [];
  for (const step of steps) {
    const state = await diskState(root, step.path);
    if (await is(root, step, "from", state, ours)) continue;
    if (await is(root, step, "to", state, ours)) done.push(step);
  }
  // What the user put in the way of one path must not keep the others from going back.
  for (let tries = done.length; tries > 0 && done.length > 0; tries--) {
    const stoppedAt = await applySteps(git, root, reversed(done), noHook);
    if (stoppedAt === null) return;
    done = done.filter((step) => step.path !== stoppedAt);
  }
}

/** A directory is "no file" for a path that has none, unless the user's own files in it bar the file that belongs there. */
async function is(
  root: string,
  step: LandStep,
  side: "from" | "to",
  state: DiskState,
  ours: ReadonlySet<string>,
): Promise<boolean> {
  const want = step[side];
  if (state.kind === "directory" && side === "to" && want === null) return true;
  return holds(root, step.path, want, state, (path) => ours.has(path));
}
