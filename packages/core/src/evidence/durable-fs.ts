import { closeSync, constants, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { evidenceWriteError } from "./evidence-fs-error.ts";

/** Writes all of `bytes` to `fd`, however many writes the system makes of it. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    offset += writeSync(fd, bytes, offset, bytes.length - offset);
  }
}

/** Makes the names in `dir` durable: a file's own fsync doesn't. */
export function syncDirectory(dir: string): void {
  const fd = openSync(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Creates `dir` and its missing parents, mode 0700, each durably named by its parent.
 * @throws RunnerError E104 no access, E109 disk full, E307 anything else.
 */
export function makeDurableDirectory(dir: string): void {
  try {
    const first = mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = dir; ; made = dirname(made)) {
      syncDirectory(dirname(made));
      if (made === first || made === dirname(made)) return;
    }
  } catch (error) {
    throw evidenceWriteError(error, dir);
  }
}
