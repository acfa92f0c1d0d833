import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { type ProcessIdentity, processIdentity } from "@pm/core";

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/**
 * `<machine>-<pid>-<start>-<chance>`: unique, and whoever runs on the same machine can tell from it whether the process is
 * still there. A container counts as a machine: its pids mean nothing outside.
 */
export function newWorkerId(): string {
  const own = processIdentity(process.pid);
  const chance = randomBytes(3).toString("hex");
  if (own === null) return `unknown-${process.pid}-0-${chance}`;
  return `${machineOf(own)}-${own.pid}-${digest(own.start)}-${chance}`;
}

/** @returns true only where it is certain: the worker ran on this machine, and its process is no more. */
export function isGone(workerId: string): boolean {
  const [machine, pid, start] = workerId.split("-");
  const own = processIdentity(process.pid);
  if (own === null || machine !== machineOf(own)) return false;
  const there = processIdentity(Number(pid));
  return there === null || digest(there.start) !== start;
}

function machineOf({ boot }: ProcessIdentity): string {
  return digest(`${boot} ${pidNamespace()}`);
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
