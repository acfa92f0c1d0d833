import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { captureWorkspace } from "./capture.ts";
import type { Git } from "./git.ts";
import { removeTree } from "./open-access.ts";
import type { OuterRules } from "./outer-rules.ts";
import type { Checkout } from "./types.ts";

/**
 * Writes a tree into a new directory. Its index lies in `workDir/indexes`, out of an agent's reach (W2).
 * @throws E104 (also where the directory is there already and not empty), E109, E308, E119
 */
export async function createCheckout(
  git: Git,
  workDir: string,
  outer: OuterRules,
  tree: TreeId,
  target: string,
): Promise<Checkout> {
  const dir = resolve(target);
  const index = join(
    workDir,
    "indexes",
    `${createHash("sha256").update(dir).digest("hex").slice(0, 32)}.index`,
  );
  const removeIndex = async () => {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  };

  await withFsErrors(dir, "write", async () => {
    await mkdir(dirname(index), { recursive: true });
    await mkdir(dirname(dir), { recursive: true });
    await mkdir(dir);
    await removeIndex();
  });
  try {
    await git.read(["read-tree", tree], { index });
    await git.read(["checkout-index", "--all", "--index", "--quiet"], { workTree: dir, index });
  } catch (error) {
    await removeTree(dir);
    await removeIndex();
    throw error;
  }

  return {
    dir,
    capture: (signal) => captureWorkspace(git.until(signal), dir, index, outer),
    async turnInto(from, to) {
      await git.read(["read-tree", "-m", "-u", from, to], { workTree: dir, index });
    },
    async remove() {
      await removeTree(dir);
      await removeIndex();
    },
  };
}
