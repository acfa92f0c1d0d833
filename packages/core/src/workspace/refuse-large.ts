import { lstatSync } from "node:fs";
import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { splitNames } from "./entry-names.ts";
import type { Git } from "./git.ts";
import type { Presence } from "./present-files.ts";

const MIB = 1024 * 1024;

/** The gates read the files of a result whole, and what they can't look into can't be COMPLETE. GitHub takes none that is larger. */
const FILE_LIMIT = 100 * MIB;

/** What all files together have grown by. */
const RESULT_LIMIT = 1024 * MIB;

/**
 * Looks at sizes before anything is hashed. Apparent ones: a file that is one hole takes no room, and ages to read. A
 * file that was there before may be as large as it was.
 * @throws E125
 */
export async function refuseLarge(git: Git, dir: string, index: string, present: Presence): Promise<void> {
  if (present.largest <= FILE_LIMIT && present.bytes <= RESULT_LIMIT) return;
  const before = await sizesOf(git, index);
  let grown = 0;
  for (const path of present.files.keys()) {
    const size = lstatSync(join(dir, path), { throwIfNoEntry: false })?.size ?? 0;
    const more = size - (before.get(path) ?? 0);
    if (more <= 0) continue;
    if (size > FILE_LIMIT) throw tooLarge(path, size, FILE_LIMIT);
    grown += more;
  }
  if (grown > RESULT_LIMIT) throw tooLarge("What was added", grown, RESULT_LIMIT);
}

/** @returns E125 */
export function tooLarge(what: string, bytes: number, limit: number): RunnerError {
  return new RunnerError("E125", {
    what,
    size: `${Math.ceil(bytes / MIB)} MiB`,
    limit: `${limit / MIB} MiB`,
  });
}

/** @returns the sizes of an index's files by path */
async function sizesOf(git: Git, index: string): Promise<Map<string, number>> {
  const entries = splitNames((await git.read(["ls-files", "-z", "--stage"], { index })).stdout).map(
    (line) => {
      const tab = line.indexOf("\t");
      return { oid: line.split(" ")[1] ?? "", path: line.slice(tab + 1) };
    },
  );
  if (entries.length === 0) return new Map();
  const input = entries.map(({ oid }) => `${oid}\n`).join("");
  const { stdout } = await git.read(["cat-file", "--batch-check=%(objectsize)"], { input });
  const sizes = stdout.toString("latin1").split("\n").map(Number);
  return new Map(entries.map(({ path }, n) => [path, sizes[n] ?? 0]));
}
