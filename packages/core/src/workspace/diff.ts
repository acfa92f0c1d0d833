import type { FileChange, TreeId } from "../evidence/change.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";

/** Nothing outside decides how two trees are compared. */
const PLAIN = ["--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative"];
const NO_FILE = "000000";
const STATUS: Readonly<Record<string, FileChange["status"]>> = { A: "added", D: "deleted" };

/** @returns the paths that differ, sorted by their bytes as git does; a type change counts as modified */
export async function diffTrees(git: Git, base: TreeId, result: TreeId): Promise<FileChange[]> {
  if (base === result) return [];
  const args = ["diff-tree", "-r", "-z", "--raw", "--numstat", "--abbrev=64", ...PLAIN, base, result];
  const fields = splitNames((await git.read(args)).stdout);
  const changes = new Map<string, FileChange>();
  let at = 0;
  for (; fields[at]?.startsWith(":") === true; at += 2) {
    const [oldMode = "", newMode = "", oldOid = "", newOid = "", status = ""] = (fields[at] as string)
      .slice(1)
      .split(" ");
    const path = fields[at + 1] as string;
    changes.set(path, {
      path,
      status: STATUS[status] ?? "modified",
      old_mode: oldMode === NO_FILE ? null : oldMode,
      new_mode: newMode === NO_FILE ? null : newMode,
      old_oid: oldMode === NO_FILE ? null : oldOid,
      new_oid: newMode === NO_FILE ? null : newOid,
      added_lines: 0,
      deleted_lines: 0,
    });
  }
  for (const field of fields.slice(at)) {
    const [added = "", deleted = "", ...rest] = field.split("\t");
    const change = changes.get(rest.join("\t"));
    if (change === undefined) continue;
    change.added_lines = added === "-" ? null : Number(added);
    change.deleted_lines = deleted === "-" ? null : Number(deleted);
  }
  return [...changes.values()];
}

/** @returns a unified diff, at most `maxBytes` long with a note at its end where it was cut */
export async function patchOf(git: Git, base: TreeId, result: TreeId, maxBytes: number): Promise<string> {
  if (base === result) return "";
  const { stdout } = await git.read(["diff-tree", "-r", "-p", ...PLAIN, base, result], {
    maxBytes: maxBytes + 1,
  });
  if (stdout.length <= maxBytes) return stdout.toString("utf8");
  const note = `\n[diff cut after ${maxBytes} bytes]\n`;
  const kept = stdout.subarray(0, Math.max(0, maxBytes - note.length));
  const lineEnd = kept.lastIndexOf(10);
  return kept.subarray(0, Math.max(0, lineEnd)).toString("utf8") + note;
}
