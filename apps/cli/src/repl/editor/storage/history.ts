/**
 * What was submitted in one project, and what Ctrl-C cleared: a file of one JSON object a line, below PM_HOME.
 *
 * H1 an entry is one append, on disk when `add` returns: two processes and a kill lose none;
 * H2 a damaged line is passed over, and what comes after one that was cut off begins a line of its own;
 * H3 secret entries and repetitions are not kept; the files are for the user only;
 * H4 bounded: a file that has grown full becomes the older of two, whose predecessor goes;
 * H5 a file that cannot be written costs nobody the session: the history goes on in memory, and `problem` tells.
 */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { readEntries } from "./read-entries.ts";
import { rotateHistory } from "./rotate-history.ts";

export interface History {
  /** Newest first. The array is a new one after each `add`. */
  entries(): readonly string[];
  /** Keeps `text` as the newest entry. Never throws. */
  add(text: string): void;
  /** Why entries are not on disk; null while they are. */
  problem(): string | null;
}

export interface HistoryOptions {
  /** Whether a text holds a secret, and so is not kept at all. */
  readonly secret?: (text: string) => boolean;
  /** How many entries are given and, twice at most, kept. */
  readonly limit?: number;
  /** How large the file may grow before it becomes the older one. */
  readonly maxBytes?: number;
}

/** Opens the history in `file`, which need not exist. Never throws. */
export function openHistory(file: string, options: HistoryOptions = {}): History {
  const { secret = () => false, limit = 1000, maxBytes = 4_000_000 } = options;
  let problem: string | null = null;
  let entries: readonly string[] = [];
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  };
  guarded(() => rotateHistory(file, { limit, maxBytes }));
  guarded(() => {
    entries = readEntries(file, limit);
  });

  return {
    entries: () => entries,
    add(text) {
      if (text.trim() === "" || text === entries[0] || secret(text)) return;
      entries = [text, ...entries].slice(0, limit);
      guarded(() => append(file, `${JSON.stringify({ text, at: new Date().toISOString() })}\n`));
    },
    problem: () => problem,
  };
}

function append(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const { O_APPEND, O_CREAT, O_RDWR, O_NOFOLLOW } = constants;
  const handle = openSync(file, O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW, 0o600);
  try {
    const { size, mode } = fstatSync(handle);
    if ((mode & 0o077) !== 0) fchmodSync(handle, 0o600);
    const last = Buffer.alloc(1);
    const isCut = size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    writeSync(handle, isCut ? `\n${line}` : line);
  } finally {
    closeSync(handle);
  }
}
