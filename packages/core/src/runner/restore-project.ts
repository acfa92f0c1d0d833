/**
 * A project like the one that a task started from, in a folder of its own: the files of its base, what `pm` needs beside
 * them, and the dependencies that are installed in the user's project now, as copies.
 *
 * Invariants:
 * J1 a snapshot of it is the base again: it is a repository whose index lists the base's files, so that no ignore rule takes
 *    one away, and what is added beside them is excluded;
 * J2 nothing of the user's is altered, whatever is done to it.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { projectLayout } from "../project/layout.ts";
import { copyTree } from "../sandbox/dependency-copy.ts";
import { makeRepository, UNREAD } from "../workspace/make-repository.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import { findDependencyDirs } from "./dependency-dirs.ts";
import type { SessionReading } from "./read-session.ts";

interface Restoring {
  readonly reading: Pick<SessionReading, "state" | "read">;
  readonly store: SnapshotStore;
  /** The user's project. */
  readonly project: string;
  readonly base: TreeId;
  /** Not there yet. */
  readonly dir: string;
}

/** @throws RunnerError E104, E109, E119 where it can't be written, E308 where the base is not in the store. */
export async function restoreProject({ reading, store, project, base, dir }: Restoring): Promise<void> {
  await store.checkout(base, dir);
  const files = await store.listFiles(base);
  const added = await addClaudeFiles(reading, dir);
  const dependencies = await findDependencyDirs(project, files);
  for (const name of dependencies) {
    const target = join(dir, name);
    await mkdir(target, { recursive: true });
    await copyTree(join(project, name), target).catch((cause: unknown) => {
      throw new RunnerError("E119", { path: target, reason: String(cause) }, cause);
    });
  }
  await makeRepository(dir, new Map(files.map((path) => [path, UNREAD])), [...added, ...dependencies]);
}

/** What a project must have and version control may ignore. @returns what was not in the base, relative. */
async function addClaudeFiles(reading: Restoring["reading"], dir: string): Promise<string[]> {
  const layout = projectLayout(dir);
  for (const folder of [layout.agentsDir, layout.rulesDir]) await mkdir(folder, { recursive: true });
  const settings = reading.state.attached?.settings;
  const contents: readonly (readonly [string, string])[] = [
    [layout.claudeMd, ""],
    [layout.settings, settings === undefined ? "{}" : reading.read(settings)],
  ];
  const added: string[] = [];
  for (const [path, content] of contents) {
    if (existsSync(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    added.push(path.slice(dir.length + 1));
  }
  return added;
}
