import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { TEMPORARY_FILE } from "./atomic-file.ts";
import { evidenceReadError } from "./evidence-fs-error.ts";
import { JOURNAL_FILE } from "./session-files.ts";

/**
 * Whether a session was ever on record. A `pm` that was stopped before its first line was durable leaves a folder without
 * anything, or with a part of that line: nobody was told of such a session, and it is begun as if it weren't there.
 * A folder that lost only its journal is a session, and damaged; so is anything else in its place.
 * @throws RunnerError E103, E119 where it can't be read
 */
export function isBegun(dir: string): boolean {
  try {
    const stat = statSync(dir, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return stat !== undefined;
    const files = readdirSync(dir).filter((name) => !TEMPORARY_FILE.test(name));
    if (files.length === 0) return false;
    return (
      files.some((name) => name !== JOURNAL_FILE) || readFileSync(join(dir, JOURNAL_FILE)).includes(0x0a)
    );
  } catch (error) {
    throw evidenceReadError(error, dir);
  }
}
