import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";

/** What running Python leaves beside the sources. */
const BY_PRODUCT = /(?:^|\/)(?:__pycache__(?=\/[^/]+\.py[co]$)|\.pytest_cache(?=\/))/;

/**
 * @param added new files of a workspace
 * @returns those that are part of a result: no by-product of a run, unless the index has files in the same folder already
 */
export async function withoutByProducts(
  git: Git,
  index: string,
  added: readonly string[],
): Promise<readonly string[]> {
  if (!added.some((path) => BY_PRODUCT.test(path))) return added;
  const tracked = splitNames((await git.read(["ls-files", "-z"], { index })).stdout);
  const kept = new Set(tracked.map(folderOf).filter((folder) => folder !== null));
  return added.filter((path) => {
    const folder = folderOf(path);
    return folder === null || kept.has(folder);
  });
}

/** @returns the folder of by-products that a file lies in, or null */
function folderOf(path: string): string | null {
  const found = BY_PRODUCT.exec(path);
  return found && path.slice(0, found.index + found[0].length);
}
