import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve, sep } from "node:path";

export type Command = readonly [string, ...string[]];

export interface CommandInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `providers.claude-code.command` of the user's config.json. */
  readonly config?: readonly string[] | undefined;
  /** PATH entries below it are passed over: `npx` puts a project's own `node_modules/.bin` on PATH. */
  readonly projectDir?: string | undefined;
}

/**
 * Which executable is Claude Code: PM_CLAUDE_BIN, else the user's config.json, else `claude` on PATH. Nothing of a
 * repository is asked, and PATH entries that are relative or inside the project are passed over.
 * @returns an argv; its first word is absolute where the file was found, and as given where it was not.
 */
export function resolveClaudeCommand({ env, config, projectDir }: CommandInput): Command {
  const fromEnv = env.PM_CLAUDE_BIN?.trim();
  const [first, ...rest] = fromEnv ? [fromEnv] : config && config.length > 0 ? config : ["claude"];
  return [locate(first ?? "claude", env.PATH, projectDir) ?? first ?? "claude", ...rest];
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

function locate(name: string, path: string | undefined, projectDir: string | undefined): string | null {
  if (name.includes(sep)) return resolve(name);
  const project = projectDir === undefined ? null : (realPath(projectDir) ?? projectDir);
  for (const entry of (path ?? "").split(delimiter)) {
    if (!isAbsolute(entry) || (project !== null && isWithin(realPath(entry) ?? entry, project))) continue;
    if (isExecutable(join(entry, name))) return join(entry, name);
  }
  return null;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Files that a sandboxed child must be able to read to run the command; the isolation adds what lies around them. */
export function readablePathsOf(command: Command): string[] {
  return command.filter((word) => isAbsolute(word) && realPath(word) !== null);
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
