import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve, sep } from "node:path";

export type Command = readonly [string, ...string[]];

export interface CommandInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `providers.claude-code.command` of the user's config.json. */
  readonly config?: readonly string[] | undefined;
}

/**
 * Which executable is Claude Code: PM_CLAUDE_BIN, else the user's config.json, else `claude` on PATH. Nothing of a
 * repository is asked, and PATH entries that are not absolute are passed over.
 * @returns an argv; its first word is absolute where the file was found, and as given where it was not.
 */
export function resolveClaudeCommand({ env, config }: CommandInput): Command {
  const fromEnv = env.PM_CLAUDE_BIN?.trim();
  const [first, ...rest] = fromEnv ? [fromEnv] : config && config.length > 0 ? config : ["claude"];
  return [locate(first ?? "claude", env.PATH) ?? first ?? "claude", ...rest];
}

/** @returns whether the file is there and may be executed. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function locate(name: string, path: string | undefined): string | null {
  if (name.includes(sep)) return isAbsolute(name) ? name : resolve(name);
  for (const entry of (path ?? "").split(delimiter)) {
    if (isAbsolute(entry) && isExecutable(join(entry, name))) return join(entry, name);
  }
  return null;
}

/**
 * Host paths that a sandboxed child needs to run the command: the files it names, what they are links to, and the
 * folder that each was installed into (`node_modules` for a package). A folder that holds the person's home or the
 * temporary folder is never among them.
 */
export function readablePathsOf(command: Command): string[] {
  const paths = new Set<string>();
  for (const word of command) {
    if (!isAbsolute(word)) continue;
    const real = realPath(word);
    if (real === null) continue;
    for (const file of [word, real]) {
      paths.add(file);
      const folder = installFolder(file);
      if (!isTooWide(folder)) paths.add(folder);
    }
  }
  return [...paths];
}

function installFolder(file: string): string {
  const mark = `${sep}node_modules${sep}`;
  const at = file.indexOf(mark);
  return at === -1 ? dirname(file) : file.slice(0, at + mark.length - 1);
}

function isTooWide(folder: string): boolean {
  const own = [homedir(), tmpdir()].map((path) => realPath(path) ?? path);
  return own.some((path) => `${path}${sep}`.startsWith(folder === sep ? sep : `${folder}${sep}`));
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
