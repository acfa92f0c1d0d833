/**
 * A workspace that stays as it is, whatever a run does in it, so that several runs can share one: an overlay whose upper
 * layer goes with the run. Where the kernel or its rules refuse overlays, a copy.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { copyTree } from "./dependency-copy.ts";
import type { OverlayLayers } from "./outer-namespace.ts";
import { canOverlay, layersIn } from "./overlay.ts";
import type { Place } from "./types.ts";

export interface LayeredWorkspace {
  /** What the child sees as its workspace. */
  readonly dir: string;
  /** Where a mount point can be made in it. */
  readonly writable: string;
  readonly layers: readonly OverlayLayers[];
}

/** @param scratch the run's own folder, removed by the caller after the run. */
export async function prepareWorkspace(place: Place, scratch: string): Promise<LayeredWorkspace> {
  const own = { dir: place.dir, writable: place.dir, layers: [] };
  // Mount points of dependencies are made in it, also where the child only reads.
  const altered = place.access === "layer" || (place.access === "read" && place.dependencies.length > 0);
  if (!altered) return own;
  const dir = join(scratch, "workspace");
  if (await canOverlay(place.dir, dir, scratch)) {
    const layer = layersIn(dir, place.dir);
    return { dir: layer.merged, writable: layer.upper, layers: [layer] };
  }
  if (place.access === "read") return own;
  mkdirSync(dir);
  await copyTree(place.dir, dir);
  return { dir, writable: dir, layers: [] };
}
