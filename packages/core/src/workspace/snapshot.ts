import { join } from "node:path";
import type { TreeId } from "../evidence/change.ts";
import { addFiles } from "./add-files.ts";
import type { Git } from "./git.ts";
import { listProject } from "./list-project.ts";
import { createStatCache } from "./stat-cache.ts";
import { withTempPath } from "./temp-name.ts";
import { writeTree } from "./trees.ts";

/**
 * Takes the project as it is. Reads the user's repository, writes only our store.
 * @throws E101–E104, E109, E119, E120
 */
export async function takeSnapshot(
  store: Git,
  projectDir: string,
  workDir: string,
  signal?: AbortSignal,
): Promise<{ tree: TreeId; files: number }> {
  const git = store.until(signal);
  return withTempPath(join(workDir, "indexes"), "snapshot", async (index) => {
    const started = Date.now();
    const { files, repo } = await listProject(git, { projectDir, signal }, index);
    git.setAlternate(repo?.sha1 === true ? repo.objectsDir : null);
    const cache = createStatCache(git, projectDir);
    const { usesUserObjects } = await cache.seed(index, files, repo);
    await addFiles(git, projectDir, index, [...files.keys()], false);
    const tree = await writeTree(git, index, false);
    if (files.size > 0) await cache.keep(index, started, usesUserObjects ? tree : null);
    return { tree, files: files.size };
  });
}
