import type { FileChange, TreeId } from "../../evidence/change.ts";
import { isDocFile, isTestFile } from "../../gates/file-classes.ts";
import type { Git } from "../git.ts";
import { editTree, readBlobs, type TreeEntry, writeBlob } from "../trees.ts";
import type { HollowMode } from "./hollowed.ts";

/**
 * The result in which nothing that changed does or holds anything: added and changed functions return or end at once,
 * changed constants have no value or another, and what can't be told so is as it was on the base, or empty where that has none: what
 * loads it still loads. A check that still passes there looks at none of it; one that was honest about any of it fails.
 * @returns null where there is nothing to take out: then it would be the base.
 */
export async function hollowTree(
  git: Git,
  workDir: string,
  result: TreeId,
  files: readonly FileChange[],
  mode: HollowMode = "idle",
): Promise<TreeId | null> {
  const product = files.filter((file) => !isTestFile(file.path) && !isDocFile(file.path));
  const sources = product.filter((file) => file.new_oid !== null && file.new_mode?.startsWith("100"));
  const blobs = await readBlobs(
    git,
    sources.flatMap((file) => [file.old_oid, file.new_oid].filter((oid) => oid !== null)),
  );
  // With a parser of JavaScript, which no start should pay for.
  const { hollowSource, isKnownLanguage } = await import("./hollow-source.ts");
  const edits = new Map<string, TreeEntry | null>(product.map((file) => [file.path, baseEntry(file)]));
  const known = new Set(files.map(({ old_oid }) => old_oid));
  let taken = 0;
  for (const file of sources) {
    // It only moved: without the change it is where it was.
    if (known.has(file.new_oid)) continue;
    const text = (oid: string | null) => (oid === null ? null : (blobs.get(oid)?.toString("utf8") ?? null));
    if (file.old_oid === null && !isKnownLanguage(file.path)) {
      if (MANIFEST.test(file.path)) edits.delete(file.path);
      else edits.set(file.path, await emptyEntry(git, file, text(file.new_oid) ?? ""));
      continue;
    }
    const hollowed = hollowSource(file.path, text(file.old_oid), text(file.new_oid) ?? "", mode);
    if (!hollowed) continue;
    taken += hollowed.taken;
    edits.set(file.path, {
      mode: file.new_mode ?? "",
      oid: await writeBlob(git, Buffer.from(hollowed.text)),
    });
  }
  return taken === 0 ? null : editTree(git, workDir, result, edits);
}

/** What a folder of sources is to programs, rather than what these do. */
const MANIFEST = /(?:^|\/)(?:package|[jt]sconfig[\w.-]*|deno)\.json$|\.toml$/;

/** Nothing, as far as what reads such a file can read it. */
async function emptyEntry(git: Git, { path, new_mode }: FileChange, text: string): Promise<TreeEntry> {
  const nothing = text.trimStart().startsWith("[") ? "[]\n" : "{}\n";
  const oid = await writeBlob(git, Buffer.from(path.endsWith(".json") ? nothing : ""));
  return { mode: new_mode ?? "", oid };
}

function baseEntry({ old_mode, old_oid }: FileChange): TreeEntry | null {
  return old_mode === null || old_oid === null ? null : { mode: old_mode, oid: old_oid };
}
