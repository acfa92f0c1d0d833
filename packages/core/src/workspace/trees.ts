import { RunnerError } from "../errors/runner-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";
import { withTempPath } from "./temp-name.ts";

/** A file of a tree. Modes are git's, six digits. */
export interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
}

/** @returns every file of a tree by its path; with `paths`, those alone */
export async function readTree(
  git: Git,
  tree: TreeId,
  paths: readonly string[] = [],
): Promise<Map<string, TreeEntry>> {
  const { stdout } = await git.read(["ls-tree", "-r", "-z", "--full-tree", tree, "--", ...paths]);
  const entries = new Map<string, TreeEntry>();
  for (const line of splitNames(stdout)) {
    const tab = line.indexOf("\t");
    const [mode = "", , oid = ""] = line.slice(0, tab).split(" ");
    entries.set(line.slice(tab + 1), { mode, oid });
  }
  return entries;
}

/** @returns the tree of an index; blobs may lie in the user's repository, so their presence is not asked for */
export async function writeTree(git: Git, index: string, durable: boolean): Promise<TreeId> {
  const { stdout } = await git.write(["write-tree", "--missing-ok"], { index, durable });
  return stdout.toString("latin1").trim();
}

/**
 * @param edits the new entry of each path, null to remove it
 * @returns `tree` with the edits; an entry put where a directory was, or below a file, replaces it
 */
export async function editTree(
  git: Git,
  workDir: string,
  tree: TreeId,
  edits: ReadonlyMap<string, TreeEntry | null>,
): Promise<TreeId> {
  if (edits.size === 0) return tree;
  return withTempPath(workDir, "edit-index", async (index) => {
    await git.read(["read-tree", tree], { index });
    await updateIndexInfo(git, index, edits);
    return writeTree(git, index, true);
  });
}

/**
 * Sets or removes entries of an index by id, removals first so that a directory can take a file's place.
 * @param workTree of an index whose stat data will be looked at again: what git can't tell apart by them, since it changed in the
 *   very instant in which they were taken, has to be looked at before the index becomes younger than that
 */
export async function updateIndexInfo(
  git: Git,
  index: string,
  edits: ReadonlyMap<string, TreeEntry | null>,
  workTree?: string,
): Promise<void> {
  if (edits.size === 0) return;
  const sorted = [...edits].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  const input = sorted.map(([path, entry]) =>
    entry === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${entry.mode} ${entry.oid}\t${path}\0`,
  );
  await git.write(["update-index", "-z", "--index-info"], {
    ...{ index, input: input.join("") },
    ...(workTree !== undefined && { workTree }),
  });
}

/**
 * @returns the contents of blobs, by id
 * @throws E308 where one is missing
 */
export async function readBlobs(git: Git, oids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  const wanted = [...new Set(oids)];
  if (wanted.length === 0) return blobs;
  const { stdout } = await git.read(["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` });
  let at = 0;
  for (const oid of wanted) {
    const lineEnd = stdout.indexOf(10, at);
    const [, type, size] = stdout.toString("latin1", at, lineEnd).split(" ");
    if (type !== "blob") throw new RunnerError("E308", { path: git.storeDir, reason: `missing blob ${oid}` });
    const start = lineEnd + 1;
    blobs.set(oid, stdout.subarray(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
}

/** Writes a blob durably. @returns its id */
export async function writeBlob(git: Git, content: Buffer): Promise<string> {
  const { stdout } = await git.write(["hash-object", "-w", "--stdin", "--no-filters"], {
    input: content,
    durable: true,
  });
  return stdout.toString("latin1").trim();
}
