/**
 * Owns `journal.jsonl` of one session while it is written: one descriptor, opened for appending.
 * Whoever opens it holds the session's lock, so there is one writer.
 *
 * Invariants:
 * J1 a line that `append` returned is on disk: one write, then fdatasync;
 * J2 after a failed write or sync nothing is appended any more: what the disk holds is unknown (E307);
 * J3 lines are canonical JSON, numbered from 1 without a gap, each naming the sha256 of the one before;
 * J4 only a torn last record is ever taken away, on opening, and it is kept in the quarantine folder;
 * J5 the file changes by our appends alone; one that something else changed is refused (E302).
 */
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import { writeAtomicFile } from "./atomic-file.ts";
import { canonicalJson } from "./canonical-json.ts";
import { makeDurableDirectory, syncDirectory, writeAll } from "./durable-fs.ts";
import { eventSchema, type JournalEvent, type JournalLine } from "./events.ts";
import { evidenceWriteError } from "./evidence-fs-error.ts";
import {
  type JournalHead,
  type JournalReading,
  parseJournal,
  readRegularFile,
  sha256,
} from "./read-journal.ts";

export interface Journal {
  /** Durable when it returns. @throws RunnerError E109, E302, E307. */
  append(event: JournalEvent): JournalLine;
  lines(): readonly JournalLine[];
  readonly head: JournalHead;
  close(): void;
}

export interface JournalOptions {
  readonly now: () => Date;
  /** Where a torn last record goes, as `<session>.journal.<line>`. */
  readonly quarantineDir: string;
  /** A head that must be in the journal as it is, before anything is taken away. */
  readonly mustContain?: JournalHead | undefined;
}

/** Opens or creates a journal for writing. @throws RunnerError E302 with the first damaged line, E301, E307, E109. */
export function openJournal(path: string, options: JournalOptions): Journal {
  makeDurableDirectory(dirname(path));
  const reading = readForAppending(path, options);
  const fd = openForAppending(path, reading.wholeBytes);
  return createAppender(path, fd, reading, options.now);
}

function readForAppending(path: string, options: JournalOptions): JournalReading {
  const needed = options.mustContain;
  const bytes = existsSync(path) || needed ? readRegularFile(path) : Buffer.alloc(0);
  const reading = parseJournal(bytes, needed ? [needed] : []);
  if (reading.problem) throw new RunnerError("E302", { path, ...reading.problem });
  if (needed && needed.seq > 0 && reading.hashes[needed.seq - 1] !== needed.hash)
    throw new RunnerError("E302", { path, line: needed.seq, reason: "is missing or was altered" });
  if (reading.torn) {
    const session = basename(dirname(path));
    makeDurableDirectory(options.quarantineDir);
    writeAtomicFile(
      join(options.quarantineDir, `${session}.journal.${reading.lines.length + 1}`),
      reading.tornBytes,
    );
  }
  return reading;
}

function openForAppending(path: string, wholeBytes: number): number {
  let fd: number | undefined;
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
    fd = openSync(path, flags, 0o600);
    if (fstatSync(fd).size > wholeBytes) ftruncateSync(fd, wholeBytes);
    fsyncSync(fd);
    syncDirectory(dirname(path));
    return fd;
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    throw evidenceWriteError(error, path);
  }
}

function createAppender(path: string, fd: number, reading: JournalReading, now: () => Date): Journal {
  const lines: JournalLine[] = [...reading.lines];
  let head = reading.head;
  let size = reading.wholeBytes;
  let broken: RunnerError | null = null;
  let open = true;

  const fail = (error: unknown): never => {
    broken = evidenceWriteError(error, path);
    throw broken;
  };

  const write = (bytes: Buffer): void => {
    const stat = fstatSync(fd);
    if (stat.size !== size || stat.nlink === 0)
      throw new RunnerError("E302", { path, line: head.seq + 1, reason: "was changed by another process" });
    writeAll(fd, bytes);
    fdatasyncSync(fd);
    size += bytes.length;
  };

  return {
    append(event) {
      if (broken) throw new RunnerError("E307", { path, reason: "an earlier write failed" }, broken);
      if (!open) throw new RunnerError("E307", { path, reason: "the journal is closed" });
      const parsed = eventSchema.safeParse(event);
      if (!parsed.success)
        throw new RunnerError(
          "E302",
          { path, line: head.seq + 1, reason: `would be no valid event: ${z.prettifyError(parsed.error)}` },
          parsed.error,
        );
      const line: JournalLine = {
        seq: head.seq + 1,
        prev: head.hash,
        at: now().toISOString(),
        event: parsed.data,
      };
      const text = canonicalJson(line);
      try {
        write(Buffer.from(`${text}\n`));
      } catch (error) {
        fail(error);
      }
      head = { seq: line.seq, hash: sha256(text) };
      lines.push(line);
      return line;
    },
    lines: () => lines,
    get head() {
      return head;
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}
