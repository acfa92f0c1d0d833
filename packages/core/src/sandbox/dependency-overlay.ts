/**
 * Dependency folders that a child may write to and the user's copy never changes: an overlay whose upper layer is
 * thrown away; where the kernel or its rules refuse, the folders are bound read-only instead.
 */
import { lstatSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { existingPath } from "../project/paths.ts";
import type { LayeredWorkspace } from "./layered-workspace.ts";
import type { OverlayLayers } from "./outer-namespace.ts";
import { canOverlay, layersIn } from "./overlay.ts";
import { SpawnRefused } from "./spawn-child.ts";
import type { Place } from "./types.ts";

export interface DependencyMounts {
  readonly mounts: readonly { readonly source: string; readonly name: string; readonly writable: boolean }[];
  readonly layers: readonly OverlayLayers[];
}

/** A place for it in the checkout; what an agent put there instead of a folder must not stand in for the user's. */
function makeMountPoint(dir: string, writable: string, name: string): void {
  let path = "";
  for (const part of name.split("/")) {
    path = join(path, part);
    const stat = lstatSync(join(dir, path), { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory())
      throw new SpawnRefused(`${name} is not a directory in the workspace`);
    mkdirSync(join(writable, path), { recursive: true });
  }
}

/**
 * Prepares the dependency folders of `place` that the user's project really has. `scratch` is the run's own folder,
 * removed by the caller after the run.
 * @throws SpawnRefused where the workspace has something else than a folder in such a place.
 */
export async function prepareDependencies(
  place: Place,
  workspace: LayeredWorkspace,
  scratch: string,
): Promise<DependencyMounts> {
  const mounts: { source: string; name: string; writable: boolean }[] = [];
  const layers: OverlayLayers[] = [];
  for (const [index, name] of place.dependencies.entries()) {
    const source = existingPath(join(place.mountAt, name));
    if (source === null || !statSync(source).isDirectory()) continue;
    makeMountPoint(place.dir, workspace.writable, name);
    const dir = join(scratch, `dependency-${index}`);
    if (await canOverlay(source, dir, scratch)) {
      const layer = layersIn(dir, source);
      layers.push(layer);
      mounts.push({ source: layer.merged, name, writable: true });
    } else {
      mounts.push({ source, name, writable: false });
    }
  }
  return { mounts, layers };
}
