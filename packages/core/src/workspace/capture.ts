/**
 * Takes what a workspace holds as a tree. Nothing in the workspace is executed or believed: the index is ours and lies
 * elsewhere, attributes and filters are overridden, and a `.git` in it counts for nothing: it is taken away first, so files of
 * a repository that an agent made inside become plain files.
 *
 * Which files count: those that were checked out, also where an ignore rule names them; and new ones that the
 * workspace's `.gitignore` files do not name, as they are *now*. So a capture holds just what a snapshot of the project
 * would hold after landing it; a file that an agent hides by a new rule is not in the result, not in QA's fresh
 * checkout, and never lands. `outer` rules (the user's global ones, `.git/info/exclude`, those above the project)
 * hold for new files too. What running Python leaves is no part of a result, so it is not in QA's checkout either.
 */
import { isRunnerError } from "../errors/runner-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { addFiles } from "./add-files.ts";
import { withoutByProducts } from "./by-products.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";
import { openAccess } from "./open-access.ts";
import type { OuterRules } from "./outer-rules.ts";
import { sortByPresence } from "./present-files.ts";
import { refuseLarge } from "./refuse-large.ts";
import { tameWorkspace } from "./tame-workspace.ts";
import { updateIndexInfo, writeTree } from "./trees.ts";

/** @throws E103, E104, E109, E119, E120, E125, E126 */
export async function captureWorkspace(
  git: Git,
  dir: string,
  index: string,
  outer: OuterRules,
): Promise<TreeId> {
  let listed = (await tameWorkspace(dir)) ? await listWorkspace(git, dir, index) : null;
  if (listed === null) {
    await openAccess(dir, true);
    await tameWorkspace(dir);
    listed = (await listWorkspace(git, dir, index)) ?? { changed: [], added: [] };
  }
  const { changed } = listed;
  const added = await withoutByProducts(git, index, listed.added);
  const hidden = await outer.ignored(added);
  const shown = await reincluded(git, dir, index, [...hidden]);
  const present = await sortByPresence(dir, [
    ...new Set([...changed, ...added.filter((path) => !hidden.has(path) || shown.has(path))]),
  ]);
  await refuseLarge(git, dir, index, present);
  const { files } = present;
  const gone = changed.filter((path) => !files.has(path));
  await updateIndexInfo(git, index, new Map(gone.map((path) => [path, null])), dir);
  try {
    await addFiles(git, dir, index, [...files.keys()], true);
  } catch (error) {
    if (!isRunnerError(error, "E103")) throw error;
    await openAccess(dir, true);
    await addFiles(git, dir, index, [...files.keys()], true);
  }
  return writeTree(git, index, true);
}

interface Listed {
  /** Checked-out paths whose stat data differ: changed, gone, or of another type. */
  readonly changed: string[];
  /** New files. */
  readonly added: string[];
}

/** @returns null where something could not be looked into */
async function listWorkspace(git: Git, dir: string, index: string): Promise<Listed | null> {
  const call = { workTree: dir, index, ok: null };
  const [changed, added] = await Promise.all([
    git.read(["diff-files", "-z", "--name-only", "--ignore-submodules=all"], call),
    git.read(["ls-files", "-z", "--others", "--exclude-standard"], { ...call, ok: [0] }),
  ]);
  if (/Permission denied/.test(changed.stderr + added.stderr)) return null;
  if (changed.code !== 0) return null;
  return { changed: splitNames(changed.stdout), added: splitNames(added.stdout) };
}

function checkIgnore(
  git: Git,
  dir: string,
  index: string,
  paths: readonly string[],
  flags: readonly string[],
) {
  const input = paths.map((path) => `./${path}\0`).join("");
  return git.read(["check-ignore", "-z", "--stdin", ...flags], { workTree: dir, index, input, ok: [0, 1] });
}

/** @returns those of the paths that a `!` rule of the workspace itself shows again: it comes before outer rules */
async function reincluded(
  git: Git,
  dir: string,
  index: string,
  paths: readonly string[],
): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const { stdout } = await checkIgnore(git, dir, index, paths, ["--no-index", "-v", "-n"]);
  const fields = splitNames(stdout);
  return new Set(paths.filter((_, n) => fields[n * 4 + 2]?.startsWith("!") === true));
}
