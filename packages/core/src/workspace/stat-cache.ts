/**
 * What is known of the project's files without reading them: an index to start a snapshot from.
 *
 * Owns `pm/project.index` of the store; asks the user's index (read only) where there is none yet.
 *
 * Invariants:
 * C1 an entry is used only where its blob holds the very bytes of the file: our own index says so by making, the user's
 *    only where no filter or encoding applies and the blob is as long as the file was;
 * C2 every blob that `pm/project.index` names lies in our own store, so the user's `git gc` can't take it away.
 */
import { randomBytes } from "node:crypto";
import { copyFile, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { splitNames } from "./entry-names.ts";
import { type Git, userGit } from "./git.ts";
import { formatIndex, type IndexEntry, parseIndex, sameStat } from "./index-file.ts";
import type { UserRepo } from "./user-repo.ts";

export interface StatCache {
  /** Writes an index of what is known of `files` to `index`. */
  seed(index: string, files: FileStats, repo: UserRepo | null): Promise<{ usesUserObjects: boolean }>;
  /**
   * Takes the index for the next snapshot.
   * @param started when the files were first looked at, ms since the epoch: newer ones may have changed unseen
   * @param borrowing the tree, where blobs of the index are the user's: it then waits for `adoptPending`
   */
  keep(index: string, started: number, borrowing: TreeId | null): Promise<void>;
}

type FileStats = ReadonlyMap<string, Buffer>;

/** File times come from a clock that ticks every few milliseconds. */
const CLOCK_SLACK_MS = 20;
const CONVERTING = ["filter", "working-tree-encoding"];
const FILE_MODES = new Set([0o100644, 0o100755, 0o120000]);

export function createStatCache(git: Git, projectDir: string): StatCache {
  return {
    async seed(index, files, repo) {
      const known = await readIndexFile(ownIndex(git));
      if (known !== null) {
        await writeSeed(index, unchanged(known, files));
        return { usesUserObjects: false };
      }
      const theirs = repo?.sha1 === true ? await readIndexFile(repo.indexPath) : null;
      if (repo === null || theirs === null) return { usesUserObjects: false };
      const inProject = theirs
        .filter((entry) => entry.path.startsWith(repo.prefix))
        .map((entry) => ({ ...entry, path: entry.path.slice(repo.prefix.length) }));
      const candidates = unchanged(inProject, files);
      const [exact, converted] = await Promise.all([
        exactBlobs(git, candidates),
        convertedPaths(projectDir, candidates),
      ]);
      const usable = candidates.filter((entry) => exact.has(entry) && !converted.has(entry.path));
      await writeSeed(index, usable);
      return { usesUserObjects: usable.length > 0 };
    },
    async keep(index, started, borrowing) {
      const target = borrowing === null ? ownIndex(git) : pendingIndex(git, borrowing);
      const temp = `${target}.${randomBytes(6).toString("hex")}`;
      await withFsErrors(target, "write", async () => {
        await copyFile(index, temp);
        const trusted = (started - CLOCK_SLACK_MS) / 1000;
        await utimes(temp, trusted, trusted);
        await rename(temp, target);
      });
    },
  };
}

/** From now on the index of `tree` is the cache; every blob of it has become our own. */
export async function adoptPending(git: Git, tree: TreeId): Promise<void> {
  // Without one there is nothing to adopt: an earlier call did it, or the snapshot borrowed nothing.
  await rename(pendingIndex(git, tree), ownIndex(git)).catch(() => undefined);
  for (const name of await readdir(join(git.storeDir, "pm"))) {
    if (name.startsWith("pending-")) await rm(join(git.storeDir, "pm", name), { force: true });
  }
}

const ownIndex = (git: Git): string => join(git.storeDir, "pm", "project.index");
const pendingIndex = (git: Git, tree: TreeId): string => join(git.storeDir, "pm", `pending-${tree}`);

async function readIndexFile(path: string): Promise<IndexEntry[] | null> {
  try {
    const { mtimeNs } = await stat(path, { bigint: true });
    return parseIndex(await readFile(path), mtimeNs);
  } catch {
    // A cache that can't be read is no cache; the files are read instead.
    return null;
  }
}

/** git itself compares whole seconds in most builds; two changes within one are told apart here. */
function unchanged(entries: readonly IndexEntry[], files: FileStats): IndexEntry[] {
  return entries.filter((entry) => {
    const now = files.get(entry.path);
    return now !== undefined && FILE_MODES.has(entry.mode) && sameStat(entry.stat, now);
  });
}

const writeSeed = (index: string, entries: readonly IndexEntry[]): Promise<void> =>
  withFsErrors(index, "write", () => writeFile(index, formatIndex(entries), { flag: "wx" }));

/** @returns the entries whose blob is there and as long as the file was: line endings or `$Id$` would change that */
async function exactBlobs(git: Git, entries: readonly IndexEntry[]): Promise<Set<IndexEntry>> {
  const exact = new Set<IndexEntry>();
  if (entries.length === 0) return exact;
  const input = `${entries.map((entry) => entry.oid).join("\n")}\n`;
  const { stdout } = await git.read(["cat-file", "--batch-check=%(objecttype) %(objectsize)"], { input });
  const lines = stdout.toString("latin1").split("\n");
  for (const [n, entry] of entries.entries()) {
    const [type, size] = (lines[n] ?? "").split(" ");
    if (type === "blob" && Number(size) % 2 ** 32 === entry.size) exact.add(entry);
  }
  return exact;
}

/** @returns the paths whose bytes on disk the user's git converts by a filter or an encoding; it runs none here */
async function convertedPaths(projectDir: string, entries: readonly IndexEntry[]): Promise<Set<string>> {
  const input = entries.map((entry) => `${entry.path}\0`).join("");
  const { code, stdout } = await userGit(
    { projectDir },
    ["check-attr", "-z", "--stdin", ...CONVERTING],
    input,
  );
  if (code !== 0) return new Set(entries.map((entry) => entry.path));
  const converted = new Set<string>();
  const fields = splitNames(stdout);
  for (let n = 0; n + 2 < fields.length; n += 3) {
    const value = fields[n + 2];
    if (value !== "unspecified" && value !== "unset") converted.add(fields[n] as string);
  }
  return converted;
}
