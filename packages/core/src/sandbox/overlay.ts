/** Overlays of the outer namespace, since bubblewrap before 0.11 can't make one: whether they work, and their folders. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type OverlayLayers, outerNamespaceWorks } from "./outer-namespace.ts";

/** Overlay options are separated by these, and there is no way of quoting that every kernel understands. */
const canBeOption = (path: string) => !/[:,\\"]/.test(path);

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

/** Whether `lower` can be overlaid with layers in `dir`, which lies in `scratch` and need not be there yet. */
export async function canOverlay(lower: string, dir: string, scratch: string): Promise<boolean> {
  return canBeOption(lower) && canBeOption(dir) && (await overlayWorks(lower, scratch));
}

/** Makes the folders of an overlay of `lower` in `dir`. */
export function layersIn(dir: string, lower: string): OverlayLayers {
  const [upper, work, merged] = [join(dir, "upper"), join(dir, "work"), join(dir, "merged")];
  for (const path of [upper, work, merged]) mkdirSync(path, { recursive: true });
  return { lower, upper, work, merged };
}
