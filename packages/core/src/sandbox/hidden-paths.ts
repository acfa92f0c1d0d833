import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { existingPath, isWithin } from "../project/paths.ts";

export interface HiddenPaths {
  /** Real directories that are empty in the sandbox; none lies in another. */
  readonly dirs: readonly string[];
  /** Real files that can't be opened in the sandbox. */
  readonly files: readonly string[];
  /** All directories that hold secrets, those inside `dirs` too: nothing that contains one is ever uncovered. */
  readonly guarded: readonly string[];
}

export interface HiddenPathsInput {
  readonly home: string;
  readonly userEnv: NodeJS.ProcessEnv;
  /** Further directories to hide. */
  readonly hide: readonly string[];
}

/** Temporary folders, run-time sockets (docker, dbus, ssh and gpg agents) and people's homes. */
const ALWAYS = ["/tmp", "/var/tmp", "/run", "/home", "/root"];
/** A HOME of a service account may be one of these; hiding it would leave no system. */
const NEVER = new Set([
  "/",
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib64",
  "/etc",
  "/dev",
  "/proc",
  "/sys",
  "/nix",
  "/var",
]);
const LISTED = ["/", "/etc", "/var", "/var/lib", "/var/log", "/var/spool", "/var/cache", "/srv", "/opt"];
const OTHERS_READ = 0o004;

/**
 * As root the child's files rights are root's own, though it has no capabilities: what only root may read has to be
 * hidden by name. Looks at the system's usual folders, and at all of /etc.
 */
function privateToRoot(): { dirs: string[]; files: string[] } {
  const dirs: string[] = [];
  const files: string[] = [];
  const look = (dir: string) => {
    let names: string[];
    try {
      names = readdirSync(dir);
    } catch {
      return;
    }
    for (const name of names) {
      const path = join(dir, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined || NEVER.has(path)) continue;
      const hidden = (stat.mode & OTHERS_READ) === 0;
      if (stat.isDirectory() && hidden) dirs.push(path);
      else if (stat.isDirectory() && isWithin(path, "/etc")) look(path);
      else if (stat.isFile() && hidden) files.push(path);
    }
  };
  for (const dir of LISTED) look(dir);
  return { dirs, files };
}

/**
 * Unix sockets that processes of this machine listen on by path: a read-only mount does not stop a connection.
 * Those made later are not covered; the usual places of such sockets are hidden as a whole.
 */
function listeningSockets(): string[] {
  let table: string;
  try {
    table = readFileSync("/proc/net/unix", "utf8");
  } catch {
    return [];
  }
  const paths = new Set<string>();
  for (const line of table.split("\n")) {
    const path = /\s(\/.+)$/.exec(line)?.[1];
    if (path !== undefined && existingPath(path) === path) paths.add(path);
  }
  return [...paths];
}

let rootOnly: ReturnType<typeof privateToRoot> | null = null;

/** What of this machine a sandboxed child must not see. Linux only. */
export function findHiddenPaths(input: HiddenPathsInput): HiddenPaths {
  if (process.geteuid?.() === 0) rootOnly ??= privateToRoot();
  const { PM_HOME } = input.userEnv;
  const wanted = [
    ...ALWAYS,
    input.home,
    homedir(),
    userInfo().homedir,
    ...input.hide,
    ...(PM_HOME ? [PM_HOME] : []),
  ];
  wanted.push(join(input.home, ".pm-orchestrator-runner"));
  const guarded = [...wanted.map(existingPath), ...(rootOnly?.dirs ?? [])].filter(
    (path): path is string =>
      path !== null &&
      !NEVER.has(path) &&
      (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false),
  );
  const dirs = [...new Set(guarded)].filter(
    (dir) => !guarded.some((other) => other !== dir && isWithin(dir, other)),
  );
  const files = [...(rootOnly?.files ?? []), ...listeningSockets()].filter(
    (file) => existingPath(file) !== null && !dirs.some((dir) => isWithin(file, dir)),
  );
  return { dirs, files, guarded };
}
