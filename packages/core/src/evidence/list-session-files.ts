import { readdirSync } from "node:fs";
import { resolve, sep } from "node:path";
import { TEMPORARY_FILE } from "./atomic-file.ts";
import { SESSION_FILES } from "./session-files.ts";

export interface SessionListing {
  /** `blobs/sha256/ab/…`, sorted. */
  readonly blobs: readonly string[];
  /** Left behind where a file was being written when `pm` died. */
  readonly temporary: readonly string[];
  /** What has no place in a session folder: other names, symlinks, devices. */
  readonly foreign: readonly string[];
}

const BLOB_FILE = /^blobs\/sha256\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;
const BLOB_DIRECTORY = /^blobs(\/sha256(\/[0-9a-f]{2})?)?$/;

/** @returns what the session folder `dir` holds beside the files of its own names. */
export function listSessionFiles(dir: string): SessionListing {
  const root = resolve(dir);
  const blobs: string[] = [];
  const temporary: string[] = [];
  const foreign: string[] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const folder = entry.parentPath.slice(root.length + 1);
    const path = folder === "" ? entry.name : `${folder.split(sep).join("/")}/${entry.name}`;
    if (entry.isDirectory() ? BLOB_DIRECTORY.test(path) : entry.isFile() && SESSION_FILES.includes(path))
      continue;
    if (entry.isFile() && BLOB_FILE.test(path)) blobs.push(path);
    else if (entry.isFile() && TEMPORARY_FILE.test(entry.name)) temporary.push(path);
    else foreign.push(path);
  }
  return { blobs: blobs.sort(), temporary: temporary.sort(), foreign: foreign.sort() };
}
