import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { stripToLine } from "@pm/core";

/**
 * Read from git's own file, since a status line must not cost a process.
 * @returns the branch that is checked out at `project` or above it, or the commit's first 7 digits; null outside of git
 */
export async function branchOf(project: string): Promise<string | null> {
  for (let folder = project; ; folder = dirname(folder)) {
    const head = await headOf(join(folder, ".git"));
    if (head !== null) {
      const branch = /^ref: refs\/heads\/(.+)$/.exec(head)?.[1];
      return stripToLine(branch ?? head.slice(0, 7));
    }
    if (dirname(folder) === folder) return null;
  }
}

/** `.git` is a folder, or in a worktree a file that names one. */
async function headOf(git: string): Promise<string | null> {
  const direct = await readFile(join(git, "HEAD"), "utf8").catch(() => null);
  if (direct !== null) return direct.trim();
  const link = await readFile(git, "utf8").catch(() => "");
  const folder = /^gitdir: (.+)$/m.exec(link)?.[1];
  if (folder === undefined) return null;
  const head = await readFile(join(resolve(dirname(git), folder), "HEAD"), "utf8").catch(() => null);
  return head?.trim() ?? null;
}
