import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import { createGit } from "./git.ts";
import { wrapGitFailure } from "./git-failure.ts";
import { hostPath } from "./host-path.ts";
import { spawnGit } from "./spawn-git.ts";
import { type TreeEntry, updateIndexInfo } from "./trees.ts";

/** What an index may say of a file whose content nobody asks it for. */
export const UNREAD: TreeEntry = { mode: "100644", oid: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" };

/**
 * Makes `dir` a git repository without a commit.
 * @param tracked files that it lists whatever an ignore rule says; their blobs need not be anywhere
 * @param excluded paths below `dir` that it does not list
 * @throws RunnerError E104, E109, E110, E119
 */
export async function makeRepository(
  dir: string,
  tracked: ReadonlyMap<string, TreeEntry>,
  excluded: readonly string[],
): Promise<void> {
  const gitDir = join(dir, ".git");
  const args = ["init", "--quiet", "--template=", "--object-format=sha1", "."];
  const output = await spawnGit({
    args,
    cwd: dir,
    env: {
      PATH: hostPath(dir),
      LC_ALL: "C",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      HOME: "/dev/null",
    },
  });
  if (output.code !== 0) throw wrapGitFailure(gitDir, args, output);
  await withFsErrors(gitDir, "write", async () => {
    await mkdir(join(gitDir, "info"), { recursive: true });
    await appendFile(join(gitDir, "info", "exclude"), excluded.map((path) => `${rule(path)}\n`).join(""));
  });
  await updateIndexInfo(createGit(gitDir, dir), join(gitDir, "index"), tracked);
}

/** A pattern that matches this path and no other. */
const rule = (path: string): string => `/${path.replace(/[\\*?[\]!# ]/g, "\\$&")}`;
