import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import type { Git } from "./git.ts";
import { wrapGitFailure } from "./git-failure.ts";

/**
 * Brings an index in line with files on disk: reads and stores those whose stat data differ, drops those that are gone.
 * @param files regular files and symlinks of `workTree`, or gone
 * @throws E103 naming a file that can't be read, E104, E109, E119
 */
export async function addFiles(
  git: Git,
  workTree: string,
  index: string,
  files: readonly string[],
  durable: boolean,
): Promise<void> {
  if (files.length === 0) return;
  const args = ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"];
  const output = await git.write(args, {
    workTree,
    index,
    durable,
    input: `${files.join("\0")}\0`,
    ok: null,
  });
  if (output.code === 0) return;
  const unreadable = /open\("(.*)"\): Permission denied/.exec(output.stderr)?.[1];
  if (unreadable !== undefined) {
    throw new RunnerError("E103", { path: join(workTree, unreadable), reason: "permission denied" });
  }
  throw wrapGitFailure(git.storeDir, args, output);
}
