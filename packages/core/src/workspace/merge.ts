import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import type { FileChange, TreeId } from "../evidence/change.ts";
import { diffTrees } from "./diff.ts";
import type { Git } from "./git.ts";
import { withTempPath } from "./temp-name.ts";
import { editTree, readBlobs, type TreeEntry, writeBlob } from "./trees.ts";

/**
 * Merges by path: what one side changed is taken, what both changed alike stays, regular files that both changed are
 * merged by lines.
 * @returns the merged tree and, sorted, the conflicts, at which the tree holds what `ours` holds
 */
export async function mergeTrees(
  git: Git,
  workDir: string,
  base: TreeId,
  ours: TreeId,
  theirs: TreeId,
): Promise<{ tree: TreeId; conflicts: string[] }> {
  if (ours === theirs || theirs === base) return { tree: ours, conflicts: [] };
  if (ours === base) return { tree: theirs, conflicts: [] };
  const [ourChanges, theirChanges] = await Promise.all([
    diffTrees(git, base, ours),
    diffTrees(git, base, theirs),
  ]);
  const mine = new Map(ourChanges.map((change) => [change.path, change]));
  const clashes = findClashes(ourChanges, theirChanges);
  const edits = new Map<string, TreeEntry | null>();
  const conflicts: string[] = [];
  for (const change of theirChanges) {
    const own = mine.get(change.path);
    if (clashes.has(change.path)) {
      conflicts.push(change.path);
    } else if (own === undefined) {
      edits.set(change.path, entryOf(change, "new"));
    } else if (own.new_oid !== change.new_oid || own.new_mode !== change.new_mode) {
      const merged = await mergeFile(git, workDir, own, change);
      if (merged === null) conflicts.push(change.path);
      else edits.set(change.path, merged);
    }
  }
  return { tree: await editTree(git, workDir, ours, edits), conflicts };
}

/** @returns paths of theirs where one side has a file and the other needs a directory */
function findClashes(ours: readonly FileChange[], theirs: readonly FileChange[]): Set<string> {
  const present = (changes: readonly FileChange[]) =>
    new Set(changes.filter((change) => change.new_oid !== null).map((change) => change.path));
  const [ourFiles, theirFiles] = [present(ours), present(theirs)];
  const clashes = new Set<string>();
  for (const path of theirFiles) {
    if (dirsAbove(path).some((dir) => ourFiles.has(dir))) clashes.add(path);
  }
  for (const path of ourFiles) {
    for (const dir of dirsAbove(path)) if (theirFiles.has(dir)) clashes.add(dir);
  }
  return clashes;
}

function dirsAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join("/"));
}

function entryOf(change: FileChange, side: "old" | "new"): TreeEntry | null {
  const [mode, oid] = side === "old" ? [change.old_mode, change.old_oid] : [change.new_mode, change.new_oid];
  return mode === null || oid === null ? null : { mode, oid };
}

/** @returns null for a conflict */
async function mergeFile(
  git: Git,
  workDir: string,
  own: FileChange,
  their: FileChange,
): Promise<TreeEntry | null> {
  const [before, mine, other] = [entryOf(own, "old"), entryOf(own, "new"), entryOf(their, "new")];
  if (before === null || mine === null || other === null) return null;
  if (![before, mine, other].every((entry) => entry.mode.startsWith("100"))) return null;
  // With two possible modes, a side that changed it can only have changed it to the other one.
  const mode = mine.mode === before.mode ? other.mode : mine.mode;
  if (mine.oid === before.oid || mine.oid === other.oid) return { mode, oid: other.oid };
  if (other.oid === before.oid) return { mode, oid: mine.oid };
  const blobs = await readBlobs(git, [mine.oid, before.oid, other.oid]);
  return withTempPath(workDir, "merge", async (dir) => {
    const names = ["ours", "base", "theirs"];
    await withFsErrors(dir, "write", async () => {
      await mkdir(dir);
      for (const [n, entry] of [mine, before, other].entries()) {
        await writeFile(join(dir, names[n] as string), blobs.get(entry.oid) as Buffer);
      }
    });
    const args = ["merge-file", "--stdout", "--quiet", ...names.map((name) => join(dir, name))];
    const { code, stdout } = await git.read(args, { ok: null });
    // It ends with the number of conflicts, or above 127 where it can't merge (binary files).
    if (code !== 0) return null;
    return { mode, oid: await writeBlob(git, stdout) };
  });
}
