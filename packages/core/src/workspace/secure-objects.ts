import type { TreeId } from "../evidence/change.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";

/**
 * Puts what a landing needs, to be finished or undone, into a pack of our own: git fsyncs packs, and the user's
 * repository may go away.
 */
export async function secureObjects(git: Git, from: TreeId, to: TreeId): Promise<void> {
  const { stdout } = await git.read([
    "diff-tree",
    "-r",
    "-t",
    "-z",
    "--raw",
    "--abbrev=64",
    "--no-renames",
    from,
    to,
  ]);
  const oids = new Set([from, to]);
  const fields = splitNames(stdout);
  // Facts and path take turns.
  for (let at = 0; at < fields.length; at += 2) {
    const field = fields[at] as string;
    const [oldMode = "", newMode = "", oldOid = "", newOid = ""] = field.slice(1).split(" ");
    if (isObject(oldMode)) oids.add(oldOid);
    if (isObject(newMode)) oids.add(newOid);
  }
  await packObjects(git, [...oids]);
}

const isObject = (mode: string): boolean => mode !== "000000" && mode !== "160000";

/** Writes objects, ours or the user's, into one pack of our own. */
export async function packObjects(git: Git, oids: readonly string[]): Promise<void> {
  if (oids.length === 0) return;
  await git.read(["pack-objects", "--quiet", "--window=0", "--threads=1", "objects/pack/pack"], {
    input: `${oids.join("\n")}\n`,
  });
}
