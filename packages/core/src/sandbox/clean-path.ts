import { delimiter, isAbsolute } from "node:path";
import { isWithin, realPathOf } from "../project/paths.ts";

const FALLBACK = ["/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);

/**
 * The user's PATH without relative entries and entries inside the project: a `git` or `npm` that a repository
 * brings along must never be found. Never empty.
 */
export function cleanPath(path: string | undefined, projectDir: string): string {
  const project = realPathOf(projectDir);
  const kept: string[] = [];
  for (const entry of (path ?? "").split(delimiter)) {
    if (!isAbsolute(entry) || kept.includes(entry)) continue;
    if (isWithin(entry, projectDir) || isWithin(realPathOf(entry), project)) continue;
    kept.push(entry);
  }
  return kept.length > 0 ? kept.join(delimiter) : FALLBACK;
}
