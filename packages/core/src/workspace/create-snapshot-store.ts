/**
 * The snapshot store; see `types.ts` for its contract and invariants. Owns `storeDir` (a bare git repository) and, in
 * `workDir`, `indexes/` and temp files; reads the user's repository; `land` alone writes the project.
 */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import { alterTree } from "./altered/alter-tree.ts";
import { createCheckout } from "./checkout.ts";
import { consolidateTree } from "./consolidate.ts";
import { diffTrees, patchOf } from "./diff.ts";
import { emptyFiles } from "./empty-files.ts";
import { createGit } from "./git.ts";
import { graftPaths } from "./graft.ts";
import { hollowTree } from "./hollow/hollow-tree.ts";
import { undeclaredTree } from "./hollow/undeclared-tree.ts";
import { initStore, requireGit } from "./init-store.ts";
import { inspectTrees } from "./inspect.ts";
import { jumbleTree } from "./jumble.ts";
import { landTrees, recoverLanding } from "./land.ts";
import { makeRepository } from "./make-repository.ts";
import { mergeTrees } from "./merge.ts";
import { createOuterRules } from "./outer-rules.ts";
import { takeSnapshot } from "./snapshot.ts";
import { hasWord, listTreeFiles, readTreeFile } from "./tree-files.ts";
import { readTree } from "./trees.ts";
import type { SnapshotStore } from "./types.ts";
import { findUserRepo } from "./user-repo.ts";

export interface SnapshotStoreOptions {
  /** Root of the project, the user's working files. */
  readonly projectDir: string;
  /** The bare repository, `.pm/store.git`; made where it is missing. */
  readonly storeDir: string;
  /** For indexes and temp files; no agent may reach it. One process at a time, not shared. */
  readonly workDir: string;
  /** Exact values that `inspect` reports beside those of a known form: the keys in use. */
  readonly knownSecrets?: readonly string[];
}

/** @throws E104, E109 where the store can't be made, E110 without a git that is new enough */
export async function createSnapshotStore(options: SnapshotStoreOptions): Promise<SnapshotStore> {
  const projectDir = resolve(options.projectDir);
  const storeDir = resolve(options.storeDir);
  const workDir = resolve(options.workDir);
  await requireGit(projectDir);
  await initStore(storeDir);
  await withFsErrors(workDir, "write", () => mkdir(workDir, { recursive: true }));
  const git = createGit(storeDir, projectDir);
  const repo = await findUserRepo({ projectDir }).catch(() => null);
  git.setAlternate(repo?.sha1 === true ? repo.objectsDir : null);
  let speaksOfGit: Promise<boolean> | undefined;
  const outer = createOuterRules(git, projectDir, workDir);

  return {
    snapshot: (signal) => takeSnapshot(git, projectDir, workDir, signal),
    consolidate: (tree) => consolidateTree(git, tree),
    checkout(tree, dir) {
      outer.prepare();
      return createCheckout(git, workDir, outer, tree, dir);
    },
    async asRepository(tree, dir) {
      if (repo?.prefix !== "" || !repo.sha1) return;
      speaksOfGit ??= hasWord(git, tree, "git");
      if (await speaksOfGit) await makeRepository(dir, await readTree(git, tree), []);
    },
    diff: (base, result) => diffTrees(git, base, result),
    inspect: (base, result) => inspectTrees(git, workDir, base, result, options.knownSecrets ?? []),
    patch: (base, result, maxBytes) => patchOf(git, base, result, maxBytes),
    readFile: (tree, path) => readTreeFile(git, tree, path),
    listFiles: (tree) => listTreeFiles(git, tree),
    merge: (base, ours, theirs) => mergeTrees(git, workDir, base, ours, theirs),
    graft: (tree, source, paths, within = []) => graftPaths(git, workDir, tree, source, paths, within),
    alterExpectations: (tree, paths, filters = []) => alterTree(git, workDir, tree, paths, filters),
    empty: (tree, paths) => emptyFiles(git, workDir, tree, paths),
    hollow: (result, changes, mode) => hollowTree(git, workDir, result, changes, mode),
    undeclare: (result, changes) => undeclaredTree(git, workDir, result, changes),
    jumble: (result, changes) => jumbleTree(git, workDir, result, changes),
    land: (from, to) => landTrees(git, projectDir, from, to),
    recoverLanding: (from, to) => recoverLanding(git, projectDir, from, to),
  };
}
