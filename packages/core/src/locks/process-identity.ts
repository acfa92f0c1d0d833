import { readFileSync } from "node:fs";

/** What tells one process from every other, also from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words: clock ticks since boot on Linux, a date on macOS. */
  readonly start: string;
  readonly boot: string;
}

/** @returns the identity of a live process, or null where there is none; one that is only waiting to be reaped is dead. */
export function processIdentity(pid: number): ProcessIdentity | null {
  const start = process.platform === "linux" ? startFromProc(pid) : startFromPs(pid);
  return start === null ? null : { pid, start, boot: bootId() };
}

/** @returns whether the process that had this identity is still alive. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = processIdentity(identity.pid);
  return now !== null && now.start === identity.start && now.boot === identity.boot;
}

function startFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name stands in brackets and may hold anything, brackets and spaces too: fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const state = fields[0];
    return state === "Z" || state === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function startFromPs(pid: number): string | null {
  try {
    const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" };
    const [state, ...started] = outputOf("ps", ["-o", "stat=,lstart=", "-p", String(pid)], env).split(/\s+/);
    return state === undefined || state.startsWith("Z") ? null : started.join(" ");
  } catch {
    return null;
  }
}

let boot: string | undefined;

function bootId(): string {
  boot ??= readBootId();
  return boot;
}

function readBootId(): string {
  try {
    if (process.platform === "linux") return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return outputOf("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"], {});
  } catch {
    return "unknown";
  }
}

/** Loaded only where there is no /proc: on Linux `pm status` should not pay for it. */
function outputOf(file: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  return execFileSync(file, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}
