import { join } from "node:path";
import type * as placeFile from "../../src/workspace/place-file.ts";

/** Ends of paths that can't be changed, and how often they still can. */
export const broken = new Map<string, number>();

/**
 * A disk on which some paths can't be changed, for root neither: what the workspace's `place-file.ts` does there fails with EIO.
 * For `vi.mock` of that file; all else is real.
 */
export function failingDisk(real: typeof placeFile): typeof placeFile {
  const look = (path: string) => {
    for (const [end, times] of broken) {
      if (!path.endsWith(`/${end}`)) continue;
      broken.set(end, times - 1);
      if (times > 0) continue;
      throw Object.assign(new Error("EIO: i/o error"), { code: "EIO", path });
    }
  };
  return {
    ...real,
    async placeTemp(temp, target, fresh) {
      look(target);
      return real.placeTemp(temp, target, fresh);
    },
    async removeFile(root, path) {
      look(join(root, path));
      return real.removeFile(root, path);
    },
  };
}
