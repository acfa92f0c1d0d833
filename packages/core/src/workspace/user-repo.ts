import { resolve } from "node:path";
import { type UserGitPlace, userGit } from "./git.ts";

/** The git repository in whose work tree a directory lies. */
export interface UserRepo {
  /** Path of the directory from the top of the work tree: empty, or ending in `/`. */
  readonly prefix: string;
  readonly indexPath: string;
  readonly objectsDir: string;
  /** Its objects have the ids that ours have. */
  readonly sha1: boolean;
}

const QUESTIONS = [
  "--is-inside-work-tree",
  "--show-prefix",
  "--git-path",
  "index",
  "--git-path",
  "objects",
  "--show-object-format",
];

/**
 * @returns the repository whose rules say which files of a directory count; null without one, where git refuses it (owned by
 *   somebody else, broken), or where the directory itself is ignored by it and so is no part of it
 */
export async function findUserRepo(place: UserGitPlace): Promise<UserRepo | null> {
  const dir = place.cwd ?? place.projectDir;
  const { code, stdout } = await userGit(place, ["rev-parse", ...QUESTIONS]);
  if (code !== 0) return null;
  const lines = stdout.toString("utf8").split("\n");
  const [inside, prefix, index, objects, format] = lines;
  if (inside !== "true" || lines.length !== 6) return null;
  if (prefix === undefined || index === undefined || objects === undefined) return null;
  if (prefix !== "") {
    const ignored = await userGit(place, ["check-ignore", "-q", "."]);
    if (ignored.code === 0) return null;
  }
  return {
    prefix,
    indexPath: resolve(dir, index),
    objectsDir: resolve(dir, objects),
    sha1: format === "sha1",
  };
}
