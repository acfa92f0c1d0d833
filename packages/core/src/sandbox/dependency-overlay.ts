/**
 * Dependency folders that a child may write to and the user's copy never changes: an overlay whose upper layer is
 * thrown away. bubblewrap before 0.11 can't make one, so the outer namespace does; where the kernel or its rules
 * refuse, the folders are bound read-only instead.
 */
import { lstatSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type OverlayLayers, outerNamespaceWorks } from "./outer-namespace.ts";
import { existingPath } from "./paths.ts";
import { SpawnRefused } from "./spawn-child.ts";
import type { Place } from "./types.ts";

export interface DependencyMounts {
  readonly mounts: readonly { readonly source: string; readonly name: string; readonly writable: boolean }[];
  readonly layers: readonly OverlayLayers[];
}

/** Overlay options are separated by these, and there is no way of quoting that every kernel understands. */
const canBeOption = (path: string) => !/[:,\\"]/.test(path);

/** A place for it in the checkout; what an agent put there instead of a folder must not stand in for the user's. */
function makeMountPoint(place: Place, name: string): void {
  let path = place.dir;
  for (const part of name.split("/")) {
    path = join(path, part);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) mkdirSync(path);
    else if (!stat.isDirectory()) throw new SpawnRefused(`${name} is not a directory in the workspace`);
  }
}

const probes = new Map<string, Promise<boolean>>();

/** Whether overlays work between these two file systems; tried once for each pair. */
function overlayWorks(lower: string, scratch: string): Promise<boolean> {
  const key = `${statSync(lower).dev}:${statSync(scratch).dev}`;
  const known = probes.get(key);
  if (known !== undefined) return known;
  const attempt = (async () => {
    const dir = mkdtempSync(join(scratch, "probe-"));
    try {
      return await outerNamespaceWorks([layersIn(dir, lower)]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  })();
  probes.set(key, attempt);
  return attempt;
}

function layersIn(dir: string, lower: string): OverlayLayers {
  const [upper, work, merged] = [join(dir, "upper"), join(dir, "work"), join(dir, "merged")];
  for (const path of [upper, work, merged]) mkdirSync(path, { recursive: true });
  return { lower, upper, work, merged };
}

/**
 * Prepares the dependency folders of `place` that the user's project really has. `scratch` is the run's own folder,
 * removed by the caller after the run.
 * @throws SpawnRefused where the workspace has something else than a folder in such a place.
 */
export async function prepareDependencies(place: Place, scratch: string): Promise<DependencyMounts> {
  const mounts: { source: string; name: string; writable: boolean }[] = [];
  const layers: OverlayLayers[] = [];
  for (const [index, name] of place.dependencies.entries()) {
    const source = existingPath(join(place.mountAt, name));
    if (source === null || !statSync(source).isDirectory()) continue;
    makeMountPoint(place, name);
    const dir = join(scratch, `dependency-${index}`);
    if (canBeOption(source) && canBeOption(dir) && (await overlayWorks(source, scratch))) {
      const layer = layersIn(dir, source);
      layers.push(layer);
      mounts.push({ source: layer.merged, name, writable: true });
    } else {
      mounts.push({ source, name, writable: false });
    }
  }
  return { mounts, layers };
}
