/**
 * Takes a landing back.
 *
 * Invariants:
 * U1 what the user has changed since is left alone;
 * U2 a path that can't go back keeps no other one from going back;
 * U3 what is left is told, never passed over.
 */
import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { wrapFsError } from "../errors/wrap-fs-error.ts";
import { applySteps, dirsAbove } from "./apply-landing.ts";
import { diskState } from "./disk-state.ts";
import type { Git } from "./git.ts";
import { type LandStep, reversed } from "./landing-plan.ts";
import { removeTemp } from "./place-file.ts";
import { isAs } from "./verify-landing.ts";

const noHook = async () => undefined;

/** Puts every path that is as after the landing back to what it was before. @throws E239 where some could not go back */
export async function undoLanding(git: Git, root: string, steps: readonly LandStep[]): Promise<void> {
  const stuck = new Map<string, unknown>();
  try {
    await takeBackTogether(git, root, steps);
  } catch {
    await takeBackOneByOne(git, root, steps, stuck);
  }
  for (const step of steps)
    await removeTemps(root, step).catch((error: unknown) => void stuck.set(step.path, error));
  if (stuck.size === 0) return;
  const [cause] = stuck.values();
  const { reason } = wrapFsError(cause, root, "write").data;
  throw new RunnerError("E239", { project: root, paths: [...stuck.keys()].sort().join(", "), reason }, cause);
}

/** As a landing does it: all contents are prepared before the first change. */
async function takeBackTogether(git: Git, root: string, steps: readonly LandStep[]): Promise<void> {
  const ours = new Set(steps.map((step) => step.path));
  let done: LandStep[] = [];
  for (const step of steps) if (await isDone(root, step, ours)) done.push(step);
  // What the user put in the way of one path must not keep the others from going back.
  for (let tries = done.length; tries > 0 && done.length > 0; tries--) {
    const stoppedAt = await applySteps(git, root, reversed(done), noHook);
    if (stoppedAt === null) return;
    done = done.filter((step) => step.path !== stoppedAt);
  }
}

/** One path may only go back after another, so it goes round for as long as something moves. */
async function takeBackOneByOne(
  git: Git,
  root: string,
  steps: readonly LandStep[],
  stuck: Map<string, unknown>,
): Promise<void> {
  const ours = new Set(steps.map((step) => step.path));
  for (let moves = true; moves; ) {
    moves = false;
    stuck.clear();
    for (const step of steps) {
      try {
        if (!(await isDone(root, step, ours))) continue;
        if ((await applySteps(git, root, reversed([step]), noHook)) === null) moves = true;
      } catch (error) {
        stuck.set(step.path, error);
      }
    }
  }
}

async function isDone(root: string, step: LandStep, ours: ReadonlySet<string>): Promise<boolean> {
  const state = await diskState(root, step.path);
  return !(await isAs("from", root, step, state, ours)) && (await isAs("to", root, step, state, ours));
}

/** The deepest directory may be one that the landing made for another path after it had prepared this one. */
export async function removeTemps(root: string, step: LandStep): Promise<void> {
  for (const dir of await dirsAbove(root, step.path)) await removeTemp(join(root, dir, step.temp));
}
