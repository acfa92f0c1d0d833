import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TEMPORARY_FILE } from "./atomic-file.ts";
import { JOURNAL_FILE } from "./session-files.ts";

/**
 * Whether a session was ever on record. A `pm` that was stopped before its first line was durable leaves a folder without
 * anything, or with a part of that line: nobody was told of such a session, and it is begun as if it weren't there.
 * A folder that lost only its journal is a session, and damaged.
 */
export function isBegun(dir: string): boolean {
  if (!existsSync(dir)) return false;
  const files = readdirSync(dir).filter((name) => !TEMPORARY_FILE.test(name));
  if (files.length === 0) return false;
  return files.some((name) => name !== JOURNAL_FILE) || readFileSync(join(dir, JOURNAL_FILE)).includes(0x0a);
}
