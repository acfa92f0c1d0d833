import type { TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { packObjects } from "./secure-objects.ts";
import { adoptPending } from "./stat-cache.ts";
import { readTree } from "./trees.ts";

/**
 * Copies what a tree needs and only the user's repository has into our own store, and from then on its index serves as
 * the stat cache. Reads work before, meanwhile and after.
 */
export async function consolidateTree(git: Git, tree: TreeId): Promise<void> {
  const blobs = new Set([...(await readTree(git, tree)).values()].map((entry) => entry.oid));
  if (blobs.size > 0) {
    // `write` sees our own objects alone, so it tells what is missing there.
    const { stdout } = await git.write(["cat-file", "--batch-check"], {
      input: `${[...blobs].join("\n")}\n`,
    });
    const lines = stdout.toString("latin1").split("\n");
    const missing = lines
      .filter((line) => line.endsWith(" missing"))
      .map((line) => line.slice(0, line.indexOf(" ")));
    await packObjects(git, missing);
  }
  await adoptPending(git, tree);
}
