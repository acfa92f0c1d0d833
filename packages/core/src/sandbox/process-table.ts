import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  /** Dead, only not yet collected by its parent. */
  readonly zombie: boolean;
  /** Kernel ticks since boot; 0 where not known. Tells a reused pid apart. */
  readonly startedAt: number;
}

function parseStat(pid: number, stat: string): ProcessEntry {
  // The command name is in brackets and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    pid,
    ppid: Number(fields[1]),
    pgid: Number(fields[2]),
    zombie: fields[0] === "Z" || fields[0] === "X",
    startedAt: Number(fields[19]),
  };
}

function listFromProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      entries.push(parseStat(pid, readFileSync(`/proc/${pid}/stat`, "latin1")));
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return entries;
}

function listFromPs(): ProcessEntry[] {
  const text = execFileSync("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat="], { encoding: "latin1" });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, ppid, pgid, state] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        ppid: Number(ppid),
        pgid: Number(pgid),
        zombie: state?.startsWith("Z") ?? false,
        startedAt: 0,
      };
    });
}

/** All processes that we can see. */
export function listProcesses(): ProcessEntry[] {
  return process.platform === "linux" ? listFromProc() : listFromPs();
}

/** When a process started, as `ProcessEntry.startedAt`; 0 where it is gone or not known. */
export function startOf(pid: number): number {
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, "latin1")).startedAt;
  } catch {
    return 0;
  }
}

/** The living processes below `pid`, itself not among them. */
export function descendantsOf(pid: number, table: readonly ProcessEntry[] = listProcesses()): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const siblings = children.get(entry.ppid);
    if (siblings) siblings.push(entry);
    else children.set(entry.ppid, [entry]);
  }
  const found: ProcessEntry[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      open.push(child.pid);
      if (!child.zombie) found.push(child);
    }
  }
  return found;
}

/** Whether `pid` has no child at all; one read, where the kernel offers it. */
export function hasNoChildren(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1") === "";
  } catch {
    return descendantsOf(pid).length === 0;
  }
}

/** Sends a signal; a process that is gone already is fine. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it ended by itself.
  }
}
