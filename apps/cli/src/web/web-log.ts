import { constants } from "node:fs";
import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { makeDirs, stripToLine } from "@pm/core";
import type { WebFiles } from "./web-files.ts";

const LARGEST_BYTES = 5 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;
const TAIL_LINES = 20;
const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

export interface WebLog {
  readonly file: FileHandle;
  /** The last lines since it was opened, harmless for a terminal. */
  tail(): Promise<readonly string[]>;
}

/** Opens `web.log` for a server that starts now; one that has grown large becomes `web.log.old`. */
export async function openWebLog({ folder, log }: WebFiles): Promise<WebLog> {
  makeDirs(folder);
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_BYTES) await rename(log, `${log}.old`);
  const file = await open(log, APPEND, 0o600);
  // One that was there may have been opened to others by hand.
  await file.chmod(0o600);
  const { size: begin } = await file.stat();
  return { file, tail: () => tailOf(log, begin) };
}

async function tailOf(path: string, begin: number): Promise<readonly string[]> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    const from = Math.max(begin, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - from));
    await file.read(buffer, 0, buffer.length, from);
    const lines = buffer.toString("utf8").split("\n").map(stripToLine);
    return lines.filter((line) => line !== "").slice(-TAIL_LINES);
  } finally {
    await file.close();
  }
}
