import { posix } from "node:path";
import type { TreeId } from "../../evidence/change.ts";
import type { Git } from "../git.ts";
import { editTree, readBlobs, readTree, type TreeEntry, writeBlob } from "../trees.ts";
import { productWith } from "./product-with.ts";
import { testItems } from "./test-items.ts";

/**
 * @returns `tree` with the tests that `source` has in the sources named, and nothing else of these. Where the tree has
 *   no such file, it gets one of tests alone, and the file that declares it as a module does so there, too: or nobody
 *   would compile it, and its tests would fail nowhere.
 */
export async function graftTests(
  git: Git,
  workDir: string,
  tree: TreeId,
  source: TreeId,
  paths: readonly string[],
): Promise<TreeId> {
  if (paths.length === 0) return tree;
  const [here, there] = await Promise.all([readTree(git, tree), readTree(git, source)]);
  const read = async (entry: TreeEntry | undefined) =>
    isFile(entry) ? (await readBlobs(git, [entry.oid])).get(entry.oid)?.toString("utf8") : undefined;
  const wanted = new Map<string, Set<string>>(paths.map((path) => [path, new Set()]));
  for (const [path] of wanted) {
    if (here.has(path)) continue;
    const { name, parents } = moduleOf(path);
    for (const parent of parents) {
      const text = await read(there.get(parent));
      if (text === undefined || !declares(text, name)) continue;
      wanted.set(parent, new Set([...(wanted.get(parent) ?? []), name]));
    }
  }
  const edits = new Map<string, TreeEntry>();
  for (const [path, modules] of wanted) {
    const [product, tests] = [await read(here.get(path)), await read(there.get(path))];
    const { mode } = here.get(path) ?? there.get(path) ?? {};
    if (mode === undefined || (here.has(path) ? product : tests) === undefined) continue;
    const text = productWith(product ?? "", tests ?? "", modules);
    if (text !== product) edits.set(path, { mode, oid: await writeBlob(git, Buffer.from(text)) });
  }
  return editTree(git, workDir, tree, edits);
}

const isFile = (entry: TreeEntry | undefined): entry is TreeEntry => entry?.mode.startsWith("100") === true;

const declares = (text: string, name: string) =>
  testItems(text, new Set([name])).items.length > testItems(text).items.length;

/** The name of the module that a file is, and the files that may declare it. */
function moduleOf(path: string): { name: string; parents: string[] } {
  const own = path.endsWith("/mod.rs") ? posix.dirname(path) : path.replace(/\.rs$/, "");
  const folder = posix.dirname(own);
  const roots = ["mod.rs", "lib.rs", "main.rs"].map((root) => posix.join(folder, root));
  return { name: posix.basename(own), parents: [...roots, `${folder}.rs`].filter((one) => one !== path) };
}
