import { stat } from "node:fs/promises";
import * as path from "node:path";
import { DEPENDENCY_DIRS } from "../project/layout.ts";

const MANIFESTS = new Set([
  "package.json",
  "pyproject.toml",
  "setup.py",
  "requirements.txt",
  "Cargo.toml",
  "go.mod",
  "composer.json",
  "Gemfile",
]);

/**
 * Folders of installed dependencies in a project: beside a manifest, on disk, and with nothing below them in the tree.
 * @param files of the base tree. @returns relative paths, sorted.
 */
export async function findDependencyDirs(project: string, files: readonly string[]): Promise<string[]> {
  const homes = new Set(["."]);
  const tracked = new Set<string>();
  for (const file of files) {
    const parts = file.split("/");
    if (MANIFESTS.has(parts.at(-1) ?? "")) homes.add(path.posix.dirname(file));
    for (let depth = 1; depth < parts.length; depth += 1)
      if ((DEPENDENCY_DIRS as readonly string[]).includes(parts[depth - 1] ?? ""))
        tracked.add(parts.slice(0, depth).join("/"));
  }
  const candidates = [...homes].flatMap((home) => DEPENDENCY_DIRS.map((name) => path.posix.join(home, name)));
  const found = await Promise.all(
    candidates.map(async (dir) => ((await isDirectory(path.join(project, dir))) ? [dir] : [])),
  );
  return found
    .flat()
    .filter((dir) => !tracked.has(dir))
    .sort();
}

const isDirectory = (dir: string) =>
  stat(dir).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
