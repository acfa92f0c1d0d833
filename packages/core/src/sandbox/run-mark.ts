/** How the processes of one run are found again, wherever they moved in the process tree; of a sandbox, what sets it up. */
import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { isWithin } from "../project/paths.ts";
import { descendantsOf, listProcesses, type ProcessEntry } from "./process-table.ts";

export const MARK_VARIABLE = "PM_RUN_MARK";

export function newRunMark(): string {
  return randomBytes(16).toString("hex");
}

export interface RunTraces {
  readonly mark: string;
  readonly mainPid: number;
  readonly startedAt: number;
  /** Directories that only this run works in. */
  readonly dirs: readonly string[];
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

function worksIn(pid: number, dirs: readonly string[]): boolean {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return dirs.some((dir) => isWithin(cwd, dir));
  } catch {
    return false;
  }
}

/**
 * The living processes of the run: its process group, what descends from the main process, what carries its mark, and
 * what began later in its directories without another run's mark (so a process that cleaned its environment and left
 * the group is still found). Elsewhere than on Linux only group and descent are known.
 */
export function processesOfRun(traces: RunTraces): ProcessEntry[] {
  const table = listProcesses().filter((entry) => entry.pid !== process.pid);
  // After the main process was collected its pid may be another's.
  const reused = table.some((entry) => entry.pid === traces.mainPid && entry.startedAt !== traces.startedAt);
  const below = new Set(descendantsOf(traces.mainPid, table).map((entry) => entry.pid));
  const mine = `${MARK_VARIABLE}=${traces.mark}`;
  return table.filter((entry) => {
    if (entry.zombie) return false;
    const related = entry.pid === traces.mainPid || entry.pgid === traces.mainPid || below.has(entry.pid);
    if (related && !reused) return true;
    if (process.platform !== "linux" || entry.startedAt < traces.startedAt) return false;
    const environment = environmentOf(entry.pid);
    if (environment.includes(mine)) return true;
    return !environment.includes(`${MARK_VARIABLE}=`) && worksIn(entry.pid, traces.dirs);
  });
}
