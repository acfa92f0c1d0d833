import type { ChangeSet, FileChange, TreeId } from "../evidence/change.ts";
import type { AlteredTree } from "./altered/alter-tree.ts";
import type { HollowMode } from "./hollow/hollowed.ts";

/**
 * The snapshot store: trees of a project in a bare git repository of `pm`'s own (`.pm/store.git`). What takes a signal is
 * stopped by it, though not at once: what is nearly done ends well.
 *
 * Invariants:
 * W1 the user's `.git` is only read, never written, and no hook, filter, attribute or fsmonitor of the user's or of a
 *    workspace ever runs; bytes are stored as they are;
 * W2 a checkout's index lives outside the checkout, where an agent can't reach it; a `.git` that an agent makes counts
 *    for nothing;
 * W3 `land` writes only what differs, each file by temp + fsync + rename, never through a symlink, and only where the
 *    file on disk still is what `from` says; anything else is a conflict and nothing is written;
 * W4 a landing that fails is undone, one cut short is finished or undone by `recoverLanding`: afterwards the project equals
 *    `from` or `to` on every path of the landing. Where even that fails it is E239, and no other error of these two leaves
 *    a path changed.
 */
export interface SnapshotStore {
  /** The project as it is: tracked, changed and untracked files, not ignored ones. Follows the user's ignore rules. */
  snapshot(signal?: AbortSignal): Promise<{ tree: TreeId; files: number }>;
  /**
   * Copies into the store what `tree` still borrows from the user's repository, so that their `git gc` can't take it from
   * an open session. Slow on a big project; may run beside anything else, and all works before it too.
   */
  consolidate(tree: TreeId): Promise<void>;
  /** Writes `tree` into the new directory `dir`. */
  checkout(tree: TreeId, dir: string): Promise<Checkout>;
  /** @returns paths that differ from `base` to `result`, sorted, renames shown as delete + add. */
  /**
   * Makes a checkout of `tree` a repository that lists its files and has no history, where the project is one and its files
   * speak of git: tests and scripts may ask it which files there are.
   */
  asRepository(tree: TreeId, dir: string): Promise<void>;
  diff(base: TreeId, result: TreeId): Promise<FileChange[]>;
  /** The differences with what the gates need to know of them. */
  inspect(base: TreeId, result: TreeId): Promise<ChangeSet>;
  /** Unified diff, binary files as `Binary files differ`, cut after `maxBytes` with a note. */
  patch(base: TreeId, result: TreeId, maxBytes: number): Promise<string>;
  /** @returns a file's bytes, or null where the tree has no such file. */
  readFile(tree: TreeId, path: string): Promise<Buffer | null>;
  listFiles(tree: TreeId): Promise<string[]>;
  /** Three-way merge of whole trees, file by file; a path changed differently on both sides and not mergeable is a conflict. */
  merge(base: TreeId, ours: TreeId, theirs: TreeId): Promise<{ tree: TreeId; conflicts: string[] }>;
  /** `tree` with the given paths taken from `source` (absent there = removed); of those `within` just the tests in them. */
  graft(tree: TreeId, source: TreeId, paths: readonly string[], within?: readonly string[]): Promise<TreeId>;
  /** `tree` with other expectations in the tests of the files named, or in those that `filters` choose; null where there are none. */
  alterExpectations(
    tree: TreeId,
    paths: readonly string[],
    filters?: readonly string[],
  ): Promise<AlteredTree | null>;
  /** `result` with what `changes` did taken out: see `hollowTree`; null where that can't be told. */
  hollow(result: TreeId, changes: readonly FileChange[], mode: HollowMode): Promise<TreeId | null>;
  /** `result` with files that only name things as they were before; null where none did. */
  undeclare(result: TreeId, changes: readonly FileChange[]): Promise<TreeId | null>;
  /** `tree` with nothing in the files named. */
  empty(tree: TreeId, paths: readonly string[]): Promise<TreeId>;
  /** `result` with words without meaning in place of the changes given: see `jumbleTree`. */
  jumble(result: TreeId, changes: readonly FileChange[]): Promise<TreeId>;
  /** Changes the project from `from` to `to`. @returns paths that could not be written because the user changed them. @throws as W4 says */
  land(from: TreeId, to: TreeId): Promise<{ conflicts: string[] }>;
  /** After a crash between `landing.started` and its end. @throws as W4 says */
  recoverLanding(from: TreeId, to: TreeId): Promise<"finished" | "undone">;
}

export interface Checkout {
  readonly dir: string;
  /** The tree that the directory holds now, taken afresh. Nothing of ours may still run in it. */
  capture(signal?: AbortSignal): Promise<TreeId>;
  /** Turns a checkout of `from` that nobody has touched into one of `to`, writing only what differs. */
  turnInto(from: TreeId, to: TreeId): Promise<void>;
  /** Removes the directory, whatever its permissions. */
  remove(): Promise<void>;
}
