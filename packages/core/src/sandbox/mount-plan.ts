import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { existingPath, isWithin, realPathOf } from "../project/paths.ts";
import type { HiddenPaths } from "./hidden-paths.ts";
import { ENDPOINT_SOCKET, SANDBOX_HOME } from "./sandbox-init.ts";
import type { Place } from "./types.ts";

export interface MountPlanInput {
  readonly place: Place;
  readonly hidden: HiddenPaths;
  /** The user's own HOME. */
  readonly userHome: string;
  /** The child's PATH. */
  readonly path: string;
  readonly toolPaths: readonly string[];
  /** Dependency folders: where their files are on the host, and whether writes to them are safe (an overlay). */
  readonly dependencies: readonly {
    readonly source: string;
    readonly name: string;
    readonly writable: boolean;
  }[];
  readonly endpointSocket: string | null;
  /** File that stands in for /etc/passwd. */
  readonly passwd: string;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Of the machine's own settings; as root the child would be their owner, and owners need no capability. */
const KERNEL_SETTINGS = ["sys", "sysrq-trigger", "irq", "bus", "fs", "acpi", "scsi", "mtrr"];

/** The folder that a program needs around it: its package's `node_modules`, else its own folder. */
function surroundings(file: string): string {
  const parts = file.split(sep);
  const modules = parts.indexOf("node_modules");
  return modules === -1 ? dirname(file) : parts.slice(0, modules + 1).join(sep);
}

/** A `bin` folder and what its programs load; the whole prefix where it is deep enough to be a tool's own. */
function prefixOf(bin: string, root: string): string[] {
  const prefix = dirname(bin);
  const depth = prefix.slice(root.length).split(sep).filter(Boolean).length;
  return depth >= 2 ? [prefix, bin] : [bin, join(prefix, "lib"), join(prefix, "libexec")];
}

/** `/etc/passwd` with one entry for the child's uid, or programs that look themselves up would fail. */
export function sandboxPasswd(uid: number): string {
  let host = "";
  try {
    host = readFileSync("/etc/passwd", "utf8");
  } catch {
    // No such file in a minimal system.
  }
  const others = host.split("\n").filter((line) => line !== "" && line.split(":")[2] !== String(uid));
  return [...others, `pm:x:${uid}:${uid}:pm:${SANDBOX_HOME}:/bin/sh`, ""].join("\n");
}

/**
 * bwrap's mount arguments, in the order in which they must be made: everything read-only, then what is hidden, then
 * what tools need of it, then the workspace over the project's own path, then its dependencies.
 * What lies in the workspace's path is never a mount point of a tool: it would show up as a change.
 */
export function planMounts(input: MountPlanInput): string[] {
  const { place, hidden } = input;
  const target = realPathOf(place.mountAt);
  const isHidden = (path: string) => hidden.dirs.some((dir) => isWithin(path, dir));
  /** Binding it back would uncover a hidden place, or the project itself. */
  const uncovers = (path: string) =>
    isWithin(target, path) || hidden.guarded.some((dir) => isWithin(dir, path));

  const revealed = new Set<string>();
  const links = new Map<string, string>();
  const reveal = (path: string, candidates: (real: string) => readonly string[]) => {
    const real = existingPath(path);
    if (real === null) return;
    const allowed = candidates(real).find((candidate) => !uncovers(candidate));
    if (allowed !== undefined && isHidden(allowed) && !isWithin(allowed, target)) revealed.add(allowed);
    if (real !== path && isHidden(path) && !isWithin(path, target)) links.set(path, real);
  };
  const home = realPathOf(input.userHome);
  const revealBin = (bin: string) => {
    const real = existingPath(bin);
    if (real === null) return;
    if (isHidden(real)) {
      const root = [home, ...hidden.dirs].find((dir) => isWithin(real, dir)) ?? sep;
      const [whole = real, ...rest] = prefixOf(real, root);
      for (const part of uncovers(whole) ? [real] : [whole, ...rest]) reveal(part, (found) => [found]);
    }
    if (real !== bin) reveal(bin, (found) => [found]);
  };

  for (const entry of input.path.split(delimiter)) revealBin(entry);
  revealBin(dirname(existingPath(process.execPath) ?? process.execPath));
  for (const path of input.toolPaths) reveal(path, (real) => [real]);
  for (const path of place.readable) {
    reveal(path, (real) => (isDirectory(real) ? [real] : [surroundings(real), dirname(real), real]));
  }

  const args = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];
  for (const name of KERNEL_SETTINGS) {
    const path = join("/proc", name);
    if (existsSync(path)) args.push("--ro-bind", path, path);
  }
  for (const dir of hidden.dirs) args.push("--tmpfs", dir);
  for (const file of hidden.files) args.push("--ro-bind", "/dev/null", file);
  if (existsSync("/etc/passwd")) args.push("--ro-bind", input.passwd, "/etc/passwd");
  const outermost = [...revealed].filter(
    (path) => ![...revealed].some((other) => other !== path && isWithin(path, other)),
  );
  for (const path of outermost) args.push("--ro-bind", path, path);
  for (const [link, real] of links) {
    if (!outermost.some((path) => isWithin(link, path))) args.push("--symlink", real, link);
  }
  args.push("--bind", place.home, SANDBOX_HOME);
  if (input.endpointSocket !== null) args.push("--bind", input.endpointSocket, ENDPOINT_SOCKET);
  args.push(place.access === "read" ? "--ro-bind" : "--bind", place.dir, target);
  for (const { source, name, writable } of input.dependencies) {
    args.push(writable ? "--bind" : "--ro-bind", source, join(target, name));
  }
  args.push("--chdir", target);
  return args;
}
