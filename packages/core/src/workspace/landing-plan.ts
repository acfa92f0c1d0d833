import { createHash } from "node:crypto";
import type { TreeId } from "../evidence/change.ts";
import { diffTrees } from "./diff.ts";
import type { Git } from "./git.ts";
import type { TreeEntry } from "./trees.ts";

/** One path of a landing; null is "no file". */
export interface LandStep {
  readonly path: string;
  readonly from: TreeEntry | null;
  readonly to: TreeEntry | null;
  /** Name of its temp file: the same after a crash, so that the recovery finds it. */
  readonly temp: string;
}

const TEMP_PREFIX = ".pm-land-";
export const isTempName = (name: string): boolean => name.startsWith(TEMP_PREFIX);

/** @returns what differs from `from` to `to`, sorted */
export async function planLanding(git: Git, from: TreeId, to: TreeId): Promise<LandStep[]> {
  return (await diffTrees(git, from, to)).map((change) => ({
    path: change.path,
    from: toEntry(change.old_mode, change.old_oid),
    to: toEntry(change.new_mode, change.new_oid),
    temp: `${TEMP_PREFIX}${createHash("sha256").update(`${from}\0${to}\0${change.path}`).digest("hex").slice(0, 16)}`,
  }));
}

/** @returns the same steps the other way round */
export const reversed = (steps: readonly LandStep[]): LandStep[] =>
  steps.map((step) => ({ ...step, from: step.to, to: step.from }));

const toEntry = (mode: string | null, oid: string | null): TreeEntry | null =>
  mode === null || oid === null ? null : { mode, oid };

/** @returns whether `outer` is a directory above `inner` */
export const isAbove = (outer: string, inner: string): boolean => inner.startsWith(`${outer}/`);
