import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";

/** @returns whether `path` is `dir` or lies below it, by its words alone. */
export function isWithin(path: string, dir: string): boolean {
  const rest = relative(dir, path);
  return rest === "" || (!isAbsolute(rest) && rest !== ".." && !rest.startsWith(`..${sep}`));
}

/** The path with every symlink resolved; of what does not exist, the existing part resolved. */
export function realPathOf(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = resolve(absolute, "..");
    return parent === absolute ? absolute : resolve(realPathOf(parent), relative(parent, absolute));
  }
}

/** @returns the real path, or null where there is nothing. */
export function existingPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
