import { RunnerError } from "@pm/core";

/**
 * Releases from which on a line of SQLite no longer has the WAL-reset bug: two connections that write and reset the log at
 * the same moment could lose committed pages. 3.44 and 3.50 got it back-ported.
 */
const FIXED_IN: readonly (readonly [number, number, number])[] = [
  [3, 44, 6],
  [3, 50, 7],
  [3, 51, 3],
];

/** @returns whether this SQLite, such as "3.53.0", keeps what it committed when its log is reset. Pure. */
export function keepsCommitted(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if ([major, minor, patch].some(Number.isNaN)) return false;
  const line = FIXED_IN.find((fixed) => fixed[0] === major && fixed[1] === minor);
  if (line) return patch >= line[2];
  return major > 3 || (major === 3 && minor > 51);
}

/** @throws RunnerError E425 */
export function requireSound(version: string): void {
  const needed = FIXED_IN.at(-1)?.join(".");
  if (!keepsCommitted(version)) throw new RunnerError("E425", { version, needed });
}
