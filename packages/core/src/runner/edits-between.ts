import type { TreeId } from "../evidence/change.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import type { FileEdit } from "./agent-steps.ts";

/** What turns the files of one tree into those of another. @throws RunnerError E308 where one is not in the store. */
export async function editsBetween(
  store: Pick<SnapshotStore, "diff" | "readFile">,
  start: TreeId,
  end: TreeId,
): Promise<FileEdit[]> {
  const edits: FileEdit[] = [];
  for (const { path, new_mode, old_mode } of await store.diff(start, end)) {
    if (new_mode === null) {
      edits.push({ path, kind: "delete" });
      continue;
    }
    const content = await store.readFile(end, path);
    if (content === null) throw new Error(`${path} is a file of a tree that does not hold it`);
    edits.push({ path, kind: "write", content, mode: new_mode, oldMode: old_mode });
  }
  return edits;
}
