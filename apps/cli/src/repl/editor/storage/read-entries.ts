import { closeSync, constants, openSync, readFileSync } from "node:fs";

/** @returns the texts in `file` and the older file beside it, newest first, at most `limit`; damaged lines are passed over. */
export function readEntries(file: string, limit: number): readonly string[] {
  const found: string[] = [];
  for (const path of [file, olderHistory(file)]) {
    const lines = readLines(path);
    for (let at = lines.length - 1; at >= 0 && found.length < limit; at--) {
      const text = textOf(lines[at] ?? "");
      if (text !== null && text !== found.at(-1)) found.push(text);
    }
  }
  return found;
}

/** @returns where the entries before those of `file` are. */
export function olderHistory(file: string): string {
  return `${file}.1`;
}

/** @returns the lines of `file`, which is no link; none where it does not exist. */
export function readLines(file: string): readonly string[] {
  let handle: number;
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  try {
    return readFileSync(handle, "utf8").split("\n").filter(Boolean);
  } finally {
    closeSync(handle);
  }
}

function textOf(line: string): string | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== "object" || entry === null || !("text" in entry)) return null;
    return typeof entry.text === "string" && entry.text !== "" ? entry.text : null;
  } catch {
    return null;
  }
}
