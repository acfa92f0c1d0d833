import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { lstat, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { TreeEntry } from "./trees.ts";

/** What lies at a path of the project, in a tree's terms. */
export type DiskState =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly entry: TreeEntry; readonly stat: Stats }
  | { readonly kind: "directory" }
  /** Neither file, symlink nor directory, or something that can't be read. */
  | { readonly kind: "other" }
  /** The nearest thing above is no directory: `path` is not there, but it could not be put there either. */
  | { readonly kind: "blocked"; readonly by: string };

/** @returns the state of `path`, never looking through a symlink */
export async function diskState(root: string, path: string): Promise<DiskState> {
  const parts = path.split("/");
  for (let n = 1; n < parts.length; n++) {
    const above = parts.slice(0, n).join("/");
    const stat = await lstatOrNull(join(root, above));
    if (stat === null) return { kind: "absent" };
    if (!stat.isDirectory()) return { kind: "blocked", by: above };
  }
  const full = join(root, path);
  const stat = await lstatOrNull(full);
  if (stat === null) return { kind: "absent" };
  if (stat.isDirectory()) return { kind: "directory" };
  if (!stat.isFile() && !stat.isSymbolicLink()) return { kind: "other" };
  try {
    return { kind: "file", entry: await entryOf(full, stat), stat };
  } catch {
    return { kind: "other" };
  }
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}

async function entryOf(full: string, stat: Stats): Promise<TreeEntry> {
  if (stat.isSymbolicLink()) {
    const target = await readlink(full, { encoding: "buffer" });
    return {
      mode: "120000",
      oid: createHash("sha1").update(`blob ${target.length}\0`).update(target).digest("hex"),
    };
  }
  const hash = createHash("sha1").update(`blob ${stat.size}\0`);
  for await (const chunk of createReadStream(full)) hash.update(chunk as Buffer);
  // git looks at the owner's bit alone.
  return { mode: (stat.mode & 0o100) === 0 ? "100644" : "100755", oid: hash.digest("hex") };
}

export const sameEntry = (a: TreeEntry, b: TreeEntry): boolean => a.mode === b.mode && a.oid === b.oid;
