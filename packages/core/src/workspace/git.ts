/**
 * How this package runs git. Owns the fixed configuration and environment; talks to the `git` executable.
 *
 * Invariants:
 * G1 no configuration, attribute file, hook, fsmonitor, pager or credential helper of the machine, the user or a
 *    repository takes part when git works on our store;
 * G2 only `read` sees the user's objects (as alternates): a git that *writes* an object which an alternate already
 *    has touches the alternate's files, and the user's `.git` must stay as it is;
 * G3 in the user's repository git only lists: optional locks off, fsmonitor and hooks off;
 * G4 the `git` that runs is none that the project, or the repository around it, brings along.
 */
import { wrapGitFailure } from "./git-failure.ts";
import { hostPath } from "./host-path.ts";
import { type GitOutput, spawnGit } from "./spawn-git.ts";

/** Given on every command line, so that a store that came with a cloned repository can't smuggle anything in. */
const SAFE_CONFIG = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.attributesFile=/dev/null",
  "core.excludesFile=/dev/null",
  "core.autocrlf=false",
  "core.safecrlf=false",
  "core.fileMode=true",
  "core.symlinks=true",
  "core.ignoreCase=false",
  "core.precomposeUnicode=false",
  "core.protectNTFS=false",
  "core.protectHFS=false",
  "core.trustctime=true",
  "core.checkStat=default",
  "core.untrackedCache=false",
  "core.splitIndex=false",
  "core.preloadIndex=true",
  "core.quotePath=false",
  "core.looseCompression=1",
  "core.sparseCheckout=false",
  "index.sparse=false",
  "checkout.workers=2",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "protocol.allow=never",
].flatMap((pair) => ["-c", pair]);

/**
 * Loose objects are fsynced only where asked for: by both the old and the new name of the setting. A file above the
 * threshold would be put into a pack, which git can't move to its place while it gathers loose ones for a batch.
 */
const DURABLE = [
  "core.fsyncObjectFiles=true",
  "core.fsync=all",
  "core.fsyncMethod=batch",
  "core.bigFileThreshold=1024g",
].flatMap((pair) => ["-c", pair]);

function baseEnv(projectDir: string, home: string | undefined): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
  env.PATH = hostPath(projectDir);
  if (process.env.TMPDIR !== undefined) env.TMPDIR = process.env.TMPDIR;
  if (home !== undefined) env.HOME = home;
  return env;
}

export interface GitCall {
  /** Work tree of the command; without it the command runs in the store itself. */
  readonly workTree?: string;
  readonly index?: string;
  readonly input?: Buffer | string;
  readonly maxBytes?: number;
  /** Exit codes that are an answer and not a failure; default `[0]`, null takes any. */
  readonly ok?: readonly number[] | null;
}

/** git on our own store. All throw E109, E104, E308 or E119 by what git said, E126 where it does not end. */
export interface Git {
  readonly storeDir: string;
  /** Reads: sees the user's objects too. */
  read(args: readonly string[], call?: GitCall): Promise<GitOutput>;
  /** Writes objects or an index: sees only our own objects. */
  write(args: readonly string[], call?: GitCall & { durable?: boolean }): Promise<GitOutput>;
  /** Objects of the user's repository that reads may use; null for none. */
  setAlternate(objectsDir: string | null): void;
  /** The same, whose calls are stopped soon after an abort. For what reads files, which may take long; never for a landing. */
  until(signal: AbortSignal | undefined): Git;
}

/** @param projectDir whose own programs are never run */
export function createGit(storeDir: string, projectDir: string): Git {
  let alternate: string | null = null;

  const run = async (
    signal: AbortSignal | undefined,
    flags: readonly string[],
    args: readonly string[],
    call: GitCall,
    env: object,
  ) => {
    const where = call.workTree === undefined ? [] : [`--work-tree=${call.workTree}`];
    const output = await spawnGit({
      args: [...SAFE_CONFIG, ...flags, `--git-dir=${storeDir}`, ...where, ...args],
      cwd: call.workTree ?? storeDir,
      env: {
        ...baseEnv(projectDir, "/dev/null"),
        XDG_CONFIG_HOME: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_SYSTEM: "/dev/null",
        GIT_ATTR_NOSYSTEM: "1",
        GIT_NO_REPLACE_OBJECTS: "1",
        GIT_NO_LAZY_FETCH: "1",
        ...pathspecs(args),
        ...(call.index === undefined ? {} : { GIT_INDEX_FILE: call.index }),
        ...env,
      },
      ...(call.input === undefined ? {} : { input: call.input }),
      ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
      signal,
    });
    const ok = call.ok === undefined ? [0] : call.ok;
    if (ok !== null && !ok.includes(output.code)) throw wrapGitFailure(storeDir, args, output);
    return output;
  };

  const calls = (signal: AbortSignal | undefined): Git => ({
    storeDir,
    read: (args, call = {}) =>
      run(
        signal,
        [],
        args,
        call,
        alternate === null ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: quote(alternate) },
      ),
    write: (args, call = {}) => run(signal, call.durable === true ? DURABLE : [], args, call, {}),
    setAlternate(objectsDir) {
      alternate = objectsDir;
    },
    until: calls,
  });
  return calls(undefined);
}

/** A path is a path and no pattern; `check-ignore` alone knows no such setting and is given paths that begin with `./`. */
const pathspecs = (args: readonly string[]): Record<string, string> =>
  args.includes("check-ignore") ? {} : { GIT_LITERAL_PATHSPECS: "1" };

/** The list is split at colons unless an element is a quoted C string. */
const quote = (path: string): string => `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;

export interface UserGitPlace {
  readonly projectDir: string;
  /** Default the project. */
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * git in the user's repository, to list files and ask for ignore rules; it writes nothing and runs nothing.
 * The user's own global configuration takes part, because their global ignore file does.
 */
export function userGit(
  { projectDir, cwd = projectDir, signal }: UserGitPlace,
  args: readonly string[],
  input?: Buffer | string,
): Promise<GitOutput> {
  const env = baseEnv(projectDir, process.env.HOME);
  if (process.env.XDG_CONFIG_HOME !== undefined) env.XDG_CONFIG_HOME = process.env.XDG_CONFIG_HOME;
  return spawnGit({
    args: [
      ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false"].flatMap((c) => [
        "-c",
        c,
      ]),
      "--no-pager",
      ...args,
    ],
    cwd,
    env: { ...env, ...pathspecs(args), GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "" },
    ...(input === undefined ? {} : { input }),
    signal,
  });
}
