import { mkdirSync, renameSync, rmdirSync, statSync } from "node:fs";
import { olderHistory, readLines } from "./read-entries.ts";

const STALE_MS = 60_000;

/**
 * Makes a full file the older one. Nothing is rewritten, so that what another process appends meanwhile is not lost; a
 * directory as lock keeps two processes from doing it one after the other.
 */
export function rotateHistory(
  file: string,
  limits: { readonly limit: number; readonly maxBytes: number },
): void {
  if (!isFull(file, limits)) return;
  const lock = `${file}.lock`;
  if (!take(lock)) return;
  try {
    if (isFull(file, limits)) renameSync(file, olderHistory(file));
  } finally {
    rmdirSync(lock);
  }
}

function isFull(file: string, { limit, maxBytes }: { limit: number; maxBytes: number }): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size > maxBytes || (size > limit && readLines(file).length > limit);
}

/** @returns whether the lock is ours; one that a killed process left is removed for the next time. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > STALE_MS) rmdirSync(lock);
    return false;
  }
}
