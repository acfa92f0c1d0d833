import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type DiskState, diskState, sameEntry } from "./disk-state.ts";
import { isNeverStored } from "./entry-names.ts";
import type { LandStep } from "./landing-plan.ts";
import type { TreeEntry } from "./trees.ts";

/**
 * Decides what a path of a landing holds: that which `want` says, or something else.
 *
 * A directory where nothing is expected counts as nothing where all in it goes with this landing, and a file or symlink
 * above counts as nothing where it goes itself.
 */
export async function holds(
  root: string,
  path: string,
  want: TreeEntry | null,
  state: DiskState,
  leaves: (path: string) => boolean,
): Promise<boolean> {
  switch (state.kind) {
    case "absent":
      return want === null;
    case "file":
      return want !== null && sameEntry(state.entry, want);
    case "blocked":
      return want === null && leaves(state.by);
    case "directory":
      return want === null && (await allLeave(root, path, leaves));
    case "other":
      return false;
  }
}

/**
 * Whether a path is as before (`from`) or as after (`to`) its step.
 *
 * A directory is "no file" for a path that has none, unless the user's own files in it bar the file that belongs there.
 */
export async function isAs(
  side: "from" | "to",
  root: string,
  step: LandStep,
  state: DiskState,
  ours: ReadonlySet<string>,
): Promise<boolean> {
  const want = step[side];
  if (state.kind === "directory" && side === "to" && want === null) return true;
  return holds(root, step.path, want, state, (path) => ours.has(path));
}

/**
 * @returns the paths that the user's own changes forbid to land: not as `from` says, beyond a symlink, or in the way.
 *   `leaves` is told from the steps: paths that are there before and not after.
 */
export async function findConflicts(
  root: string,
  steps: readonly LandStep[],
  states: ReadonlyMap<string, DiskState>,
): Promise<string[]> {
  const leaving = new Set(
    steps.filter((step) => step.from !== null && step.to === null).map((step) => step.path),
  );
  const conflicts: string[] = [];
  for (const step of steps) {
    const state = states.get(step.path) as DiskState;
    const storable = !isNeverStored(step.path) && step.to?.mode !== "160000" && step.from?.mode !== "160000";
    if (!storable || !(await holds(root, step.path, step.from, state, (path) => leaving.has(path)))) {
      conflicts.push(step.path);
    }
  }
  return conflicts;
}

/** @returns the state of every path of the steps */
export async function readStates(root: string, steps: readonly LandStep[]): Promise<Map<string, DiskState>> {
  const states = new Map<string, DiskState>();
  for (const step of steps) states.set(step.path, await diskState(root, step.path));
  return states;
}

async function allLeave(root: string, dir: string, leaves: (path: string) => boolean): Promise<boolean> {
  for (const entry of await readdir(join(root, dir), { withFileTypes: true })) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory() ? !(await allLeave(root, path, leaves)) : !leaves(path)) return false;
  }
  return true;
}
