/**
 * The paths that `@` completes: a walk through the project's directories, broad before deep.
 *
 * F1 bounded: at most `limit` paths, no link is followed, and an abort ends it between two directories;
 * F2 it is a help for typing, no list to rely on: what cannot be read is passed over, and .gitignore is followed roughly.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type IgnoreRule, isIgnored, parseIgnoreRules } from "./ignore-rules.ts";

const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git", ".pm"]);

export interface FileSource {
  /** @returns files relative to the root, with "/" between their parts; those found so far where `signal` aborts. */
  list(signal: AbortSignal): Promise<readonly string[]>;
}

interface Directory {
  /** Relative, with a "/" at its end; empty for the root. */
  readonly path: string;
  readonly rules: readonly IgnoreRule[];
}

/** @param limit how many paths at most */
export function createFileSource(root: string, limit = 20_000): FileSource {
  return {
    async list(signal) {
      const files: string[] = [];
      const waiting: Directory[] = [{ path: "", rules: [] }];
      for (let at = 0; at < waiting.length && files.length < limit && !signal.aborted; at++) {
        const directory = waiting[at];
        if (directory === undefined) break;
        waiting.push(...(await visit(root, directory, files)));
      }
      return files.slice(0, limit);
    },
  };
}

/** Adds the files of `directory` to `files`. @returns the directories in it. */
async function visit(root: string, { path, rules }: Directory, files: string[]): Promise<Directory[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
  const own = entries.some((entry) => entry.name === ".gitignore" && entry.isFile())
    ? parseIgnoreRules(await readFile(join(root, path, ".gitignore"), "utf8").catch(() => ""), path)
    : [];
  const all = own.length === 0 ? rules : [...rules, ...own];
  const found: Directory[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path + entry.name;
    // A name with a control character could not be typed, and is not drawn.
    if (SKIPPED.has(entry.name) || /\p{Cc}/u.test(entry.name)) continue;
    const isDirectory = entry.isDirectory();
    if ((!isDirectory && !entry.isFile()) || isIgnored(all, name, isDirectory)) continue;
    if (isDirectory) found.push({ path: `${name}/`, rules: all });
    else files.push(name);
  }
  return found;
}
