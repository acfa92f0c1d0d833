import type { TreeId } from "../../evidence/change.ts";
import type { Git } from "../git.ts";
import { editTree, readBlobs, readTree, type TreeEntry, writeBlob } from "../trees.ts";
import type { AlteredTest } from "./altered-tests.ts";

export interface AlteredTree {
  readonly tree: TreeId;
  /** Files in which an expectation was altered. */
  readonly files: readonly string[];
  /** What is known of the tests of the files that were looked at. */
  readonly tests: readonly AlteredTest[];
}

/** More files than these are not parsed: by then many expect something. */
const MOST_FILES = 200;

/**
 * `tree` with other expectations in the test files named.
 * @param filters see `alterSource`.
 * @returns null where none could be altered.
 */
export async function alterTree(
  git: Git,
  workDir: string,
  tree: TreeId,
  paths: readonly string[],
  filters: readonly string[],
): Promise<AlteredTree | null> {
  const entries = await readTree(git, tree);
  const wanted = paths.flatMap((path) => {
    const entry = entries.get(path);
    return entry?.mode.startsWith("100") ? [{ path, ...entry }] : [];
  });
  const some = wanted.slice(0, MOST_FILES);
  const blobs = await readBlobs(
    git,
    some.map(({ oid }) => oid),
  );
  // With a parser of JavaScript, which no start should pay for.
  const { alterSource } = await import("./alter-source.ts");
  const { alteredTests } = await import("./altered-tests.ts");
  const edits = new Map<string, TreeEntry>();
  const tests: AlteredTest[] = [];
  for (const { path, mode, oid } of some) {
    const source = blobs.get(oid)?.toString("utf8") ?? "";
    const text = alterSource(path, source, filters);
    tests.push(...alteredTests(path, source, text ?? source));
    if (text !== null) edits.set(path, { mode, oid: await writeBlob(git, Buffer.from(text)) });
  }
  if (edits.size === 0) return null;
  return { tree: await editTree(git, workDir, tree, edits), files: [...edits.keys()], tests };
}
