/**
 * Carries out the steps of a landing.
 *
 * Invariants:
 * A1 every new content is complete, fsynced and beside its place before the first change of the project is made,
 *    and every directory that loses a file can be written;
 * A2 each path is looked at again right before it is changed; one that is no longer as expected stops the landing;
 * A3 nothing is written or removed through a symlink.
 */
import { constants } from "node:fs";
import { access, lstat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskState } from "./disk-state.ts";
import type { Git } from "./git.ts";
import { isAbove, type LandStep } from "./landing-plan.ts";
import { placeTemp, removeEmptyDirs, removeFile, removeTemp, syncDir, writeTemp } from "./place-file.ts";
import { readBlobs } from "./trees.ts";
import { holds } from "./verify-landing.ts";

/** Called before every change of the project; tests let a landing die there. */
export type LandHook = (about: string) => Promise<void>;

/** Contents held in memory at a time. */
const BATCH = 64;

/** @returns the path at which the user's own change stopped the landing midway, or null when all steps are done */
export async function applySteps(
  git: Git,
  root: string,
  steps: readonly LandStep[],
  hook: LandHook,
): Promise<string | null> {
  const temps = new Map<string, string>();
  try {
    await stage(git, root, steps, temps);
    return await carryOut(root, steps, temps, hook);
  } finally {
    for (const temp of temps.values()) await removeTemp(temp);
  }
}

async function stage(
  git: Git,
  root: string,
  steps: readonly LandStep[],
  temps: Map<string, string>,
): Promise<void> {
  for (const step of steps)
    if (step.to === null) await access(join(root, await nearestDir(root, step.path)), constants.W_OK);
  const arriving = steps.filter((step) => step.to !== null);
  for (let at = 0; at < arriving.length; at += BATCH) {
    const batch = arriving.slice(at, at + BATCH);
    const blobs = await readBlobs(
      git,
      batch.map((step) => (step.to as NonNullable<LandStep["to"]>).oid),
    );
    for (const step of batch) {
      const entry = step.to as NonNullable<LandStep["to"]>;
      const temp = join(root, await nearestDir(root, step.path), step.temp);
      temps.set(step.path, temp);
      const state = await diskState(root, step.path);
      await writeTemp(temp, entry, blobs.get(entry.oid) as Buffer, state.kind === "file" ? state.stat : null);
    }
  }
}

/** @returns the directories above `path` that exist, up to the first that doesn't or is a symlink; never empty */
export async function dirsAbove(root: string, path: string): Promise<[string, ...string[]]> {
  const dirs: [string, ...string[]] = ["."];
  let dir = ".";
  for (const part of path.split("/").slice(0, -1)) {
    dir = join(dir, part);
    const stat = await lstat(join(root, dir)).catch(() => null);
    if (stat?.isDirectory() !== true) return dirs;
    dirs.push(dir);
  }
  return dirs;
}

/** @returns the deepest of `dirsAbove` */
async function nearestDir(root: string, path: string): Promise<string> {
  const dirs = await dirsAbove(root, path);
  return dirs.at(-1) ?? dirs[0];
}

async function carryOut(
  root: string,
  steps: readonly LandStep[],
  temps: ReadonlyMap<string, string>,
  hook: LandHook,
): Promise<string | null> {
  const arriving = steps.filter((step) => step.to !== null);
  const leaving = steps.filter((step) => step.to === null);
  const leavingPaths = new Set(leaving.map((step) => step.path));
  const inTheWay = new Set(
    leaving.filter((out) =>
      arriving.some((into) => isAbove(out.path, into.path) || isAbove(into.path, out.path)),
    ),
  );
  // What a file or directory of another kind replaces goes first; all else goes last, so that directories stay.
  const order = [...inTheWay, ...arriving, ...leaving.filter((step) => !inTheWay.has(step))];

  for (const step of order) {
    await hook(step.path);
    const state = await diskState(root, step.path);
    if (!(await holds(root, step.path, step.from, state, (path) => leavingPaths.has(path)))) return step.path;
    const temp = temps.get(step.path);
    if (temp !== undefined && state.kind === "directory" && !(await removeEmptyDirs(join(root, step.path)))) {
      return step.path;
    }
    if (temp === undefined) {
      if (state.kind === "file") await removeFile(root, step.path);
    } else if (!(await placeTemp(temp, join(root, step.path), step.from === null))) return step.path;
  }

  const touched = new Set<string>();
  for (const { path } of steps) {
    for (let dir = dirname(path); ; dir = dirname(dir)) {
      touched.add(dir);
      if (dir === ".") break;
    }
  }
  for (const dir of touched) await syncDir(join(root, dir));
  return null;
}
