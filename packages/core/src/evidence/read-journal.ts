import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { isCanonicalJson } from "./canonical-json.ts";
import { type JournalLine, journalLineSchema } from "./events.ts";
import { evidenceReadError } from "./evidence-fs-error.ts";

/** The last line of a journal: its number (0 for none) and the sha256 of its bytes without the newline. */
export interface JournalHead {
  readonly seq: number;
  readonly hash: string;
}

export interface JournalReading {
  /** Up to the first problem. */
  readonly lines: readonly JournalLine[];
  /** Of each line of `lines`. */
  readonly hashes: readonly string[];
  readonly head: JournalHead;
  /** The first line that is not as `pm` wrote it, 1-based. */
  readonly problem: { readonly line: number; readonly reason: string } | null;
  /** The last record has no newline: it was cut short, and is not in `lines`. */
  readonly torn: boolean;
  readonly tornBytes: Buffer;
  /** Bytes of whole lines: where a torn record starts. */
  readonly wholeBytes: number;
  readonly bytes: number;
}

export const EMPTY_HEAD: JournalHead = { seq: 0, hash: "0".repeat(64) };

export const sha256 = (bytes: string | Uint8Array): string => hash("sha256", bytes, "hex");

/**
 * Reads a journal without changing it. Never throws for damage: it says where the damage starts.
 * @param known heads that other files name; they tell which of two lines was altered where a link is broken.
 * @throws RunnerError E301 where there is no such file, E303 for a symlink, E119 where it can't be read.
 */
export function readJournal(path: string, known: readonly JournalHead[] = []): JournalReading {
  return parseJournal(readRegularFile(path), known);
}

export function parseJournal(bytes: Buffer, known: readonly JournalHead[] = []): JournalReading {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const records = splitRecords(bytes, wholeBytes);
  const hashes = records.map(sha256);
  const lines: JournalLine[] = [];
  let problem: JournalReading["problem"] = null;
  for (const [index, record] of records.entries()) {
    const result = parseRecord(record, index + 1);
    if (typeof result === "string") {
      problem = { line: index + 1, reason: result };
      break;
    }
    const before = index === 0 ? EMPTY_HEAD.hash : hashes[index - 1];
    if (result.prev !== before) {
      problem = brokenLink(records, hashes, index, known);
      break;
    }
    lines.push(result);
  }
  if (problem) lines.length = Math.min(lines.length, problem.line - 1);
  hashes.length = lines.length;
  return {
    lines,
    hashes,
    head: { seq: lines.length, hash: hashes.at(-1) ?? EMPTY_HEAD.hash },
    problem,
    torn: wholeBytes < bytes.length,
    tornBytes: bytes.subarray(wholeBytes),
    wholeBytes,
    bytes: bytes.length,
  };
}

/** Reads a file that is no symlink. @throws RunnerError E301, E303, E119. */
export function readRegularFile(path: string): Buffer {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    return readFileSync(fd);
  } catch (error) {
    throw evidenceReadError(error, path);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function splitRecords(bytes: Buffer, end: number): Buffer[] {
  const records: Buffer[] = [];
  for (let start = 0; start < end; ) {
    const newline = bytes.indexOf(0x0a, start);
    records.push(bytes.subarray(start, newline));
    start = newline + 1;
  }
  return records;
}

/** @returns the line, or what is wrong with it. */
function parseRecord(record: Buffer, expectedSeq: number): JournalLine | string {
  const text = record.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is not valid JSON";
  }
  const parsed = journalLineSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `is no journal line: ${issue?.path.join(".") || "it"}: ${issue?.message}`;
  }
  if (parsed.data.seq !== expectedSeq) return `has the number ${parsed.data.seq}, not ${expectedSeq}`;
  if (!isUtf8(record) || !isCanonicalJson(text, value)) return "is not canonical JSON";
  return parsed.data;
}

/**
 * A link names another digest than the line before has: one of the two was altered. The later one is whole where the
 * line after it, or a head that another file names, still knows its digest; then it was the earlier one.
 */
function brokenLink(
  records: readonly Buffer[],
  hashes: readonly string[],
  index: number,
  known: readonly JournalHead[],
): { line: number; reason: string } {
  if (index === 0) return { line: 1, reason: "names a line before the first one" };
  const seq = index + 1;
  const next = records[index + 1];
  const later = known.find((head) => head.seq === seq)?.hash;
  const earlier = known.find((head) => head.seq === index)?.hash;
  const laterIsWhole = next
    ? next.includes(`"prev":"${hashes[index]}"`)
    : later
      ? later === hashes[index]
      : earlier !== hashes[index - 1];
  if (laterIsWhole) return { line: index, reason: `does not have the digest that line ${seq} names` };
  return { line: seq, reason: `names another digest for the line before than line ${index} has` };
}
