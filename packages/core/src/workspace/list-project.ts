import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { wrapFsError } from "../errors/wrap-fs-error.ts";
import { splitNames } from "./entry-names.ts";
import { type Git, type UserGitPlace, userGit } from "./git.ts";
import { sortByPresence } from "./present-files.ts";
import { findUserRepo, type UserRepo } from "./user-repo.ts";

export interface ProjectListing {
  /** Files and symlinks to store, relative to the project, in no order, with their stat data (`packStat`). */
  readonly files: Map<string, Buffer>;
  readonly repo: UserRepo | null;
}

/**
 * Lists a project as its owner sees it: tracked files that exist and untracked ones that are not ignored. Submodules and
 * other repositories inside are listed the same way, as plain files.
 * @throws E101, E102, E103 where the project can't be listed, E120 for a name that is not UTF-8
 */
export async function listProject(git: Git, place: UserGitPlace, tempIndex: string): Promise<ProjectListing> {
  const { projectDir } = place;
  const stat = await lstat(join(projectDir, ".")).catch((error: unknown) => {
    throw wrapFsError(error, projectDir, "read");
  });
  if (!stat.isDirectory()) throw wrapFsError({ code: "ENOTDIR" }, projectDir, "read");
  const repo = await findUserRepo(place);
  const files = await listInto(git, { ...place, cwd: projectDir }, repo, tempIndex);
  return { files, repo };
}

async function listInto(
  git: Git,
  place: UserGitPlace & { readonly cwd: string },
  repo: UserRepo | null,
  tempIndex: string,
): Promise<Map<string, Buffer>> {
  const dir = place.cwd;
  const listed = (repo === null ? null : await askUserRepo(place)) ?? (await askStore(git, dir, tempIndex));
  const { files, dirs } = await sortByPresence(dir, [...new Set(listed)]);
  for (const nested of dirs) {
    const inside = join(dir, nested);
    const own = await lstat(join(inside, ".git")).catch(() => null);
    // A directory where a tracked file was: what is in it has been listed by itself.
    if (own === null && !(await isSubmodule(place, nested))) continue;
    const nestedRepo = own === null ? null : await findUserRepo({ ...place, cwd: inside });
    const insideOwn = nestedRepo?.prefix === "" ? nestedRepo : null;
    for (const [file, stat] of await listInto(git, { ...place, cwd: inside }, insideOwn, tempIndex)) {
      files.set(`${nested}/${file}`, stat);
    }
  }
  return files;
}

/** @returns null where git can't list, for example for a damaged index */
async function askUserRepo(place: UserGitPlace): Promise<string[] | null> {
  const { code, stdout } = await userGit(place, [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  ]);
  return code === 0 ? splitNames(stdout).map(withoutSlash) : null;
}

async function askStore(git: Git, dir: string, tempIndex: string): Promise<string[]> {
  const { stdout } = await git.read(["ls-files", "-z", "--others", "--exclude-standard"], {
    workTree: dir,
    index: tempIndex,
  });
  return splitNames(stdout).map(withoutSlash);
}

async function isSubmodule(place: UserGitPlace, path: string): Promise<boolean> {
  const { stdout } = await userGit(place, ["ls-files", "-z", "--stage", "--", path]);
  return stdout.toString("latin1", 0, 7) === "160000 ";
}

/** A repository inside is listed as a directory. */
const withoutSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);
