import { isAbsolute, relative, sep } from "node:path";

/** Whether `path` is `root` or lies below it; both real paths. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`));
}
