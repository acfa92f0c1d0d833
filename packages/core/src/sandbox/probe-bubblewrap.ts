import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { namespaceFlags } from "./bubblewrap.ts";
import { cleanPath } from "./clean-path.ts";

const run = promisify(execFile);

export type BubblewrapProbe =
  | { readonly works: true; readonly bwrap: string; readonly disableUserns: boolean }
  | { readonly works: false; readonly reason: string; readonly fix: string };

const SYSTEM_DIRS = ["/usr/bin", "/usr/local/bin", "/bin"];

/** The system's own folders first: the one thing that must not be a look-alike is the sandbox. */
function findBwrap(projectDir: string): string | null {
  const dirs = [...SYSTEM_DIRS, ...cleanPath(process.env.PATH, projectDir).split(delimiter)];
  return dirs.map((dir) => join(dir, "bwrap")).find((path) => existsSync(path)) ?? null;
}

function installCommand(): string {
  const managers = [
    ["/usr/bin/apt-get", "sudo apt-get install -y bubblewrap"],
    ["/usr/bin/dnf", "sudo dnf install -y bubblewrap"],
    ["/usr/bin/pacman", "sudo pacman -S --noconfirm bubblewrap"],
    ["/sbin/apk", "sudo apk add bubblewrap"],
    ["/usr/bin/zypper", "sudo zypper install -y bubblewrap"],
  ] as const;
  return managers.find(([path]) => existsSync(path))?.[1] ?? "sudo apt-get install -y bubblewrap";
}

function isOn(sysctl: string): boolean {
  try {
    return readFileSync(sysctl, "utf8").trim() !== "0";
  } catch {
    return false;
  }
}

/** What to do about a bubblewrap that is there and fails; the usual cause is a rule against user namespaces. */
function fixFor(): string {
  if (isOn("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")) {
    return "Run: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (or add an AppArmor profile for bwrap)";
  }
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) {
    return "Start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined";
  }
  return "Run: sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000";
}

/** Tries bubblewrap with the very flags of a run. Not cached; see `probeBubblewrap`. */
export async function tryBubblewrap(bwrap = findBwrap(process.cwd())): Promise<BubblewrapProbe> {
  if (process.platform !== "linux") {
    return {
      works: false,
      reason: `pm has no sandbox for ${process.platform} yet`,
      fix: "Run pm on Linux with bubblewrap, or set require_sandbox to false.",
    };
  }
  if (bwrap === null) {
    return { works: false, reason: "bubblewrap (bwrap) is not installed", fix: `Run: ${installCommand()}` };
  }
  for (const disableUserns of [true, false]) {
    const failure = await failureOf(bwrap, disableUserns);
    if (failure === null) return { works: true, bwrap, disableUserns };
    // Older than 0.8: it works, but programs inside can have namespaces of their own.
    if (disableUserns && failure.includes("Unknown option")) continue;
    return { works: false, reason: failure, fix: fixFor() };
  }
  return { works: false, reason: "it failed", fix: fixFor() };
}

/** Runs nothing in it. @returns why that failed, or null. */
async function failureOf(bwrap: string, disableUserns: boolean): Promise<string | null> {
  const mounts = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];
  try {
    await run(bwrap, [...namespaceFlags(disableUserns), ...mounts, "--", "/bin/sh", "-c", ":"], {
      env: {},
      cwd: "/",
      timeout: 5_000,
    });
    return null;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return stderr?.trim().split("\n")[0] || message.split("\n")[0] || "it failed";
  }
}

const cached = new Map<string | null, Promise<BubblewrapProbe>>();

/**
 * Whether bubblewrap works here, found by running it once per process.
 * @param projectDir whose own programs are passed over
 */
export function probeBubblewrap(projectDir: string): Promise<BubblewrapProbe> {
  const bwrap = findBwrap(projectDir);
  const known = cached.get(bwrap) ?? tryBubblewrap(bwrap);
  cached.set(bwrap, known);
  return known;
}
