/**
 * Reads and writes git's index format, as far as a stat cache needs it: which bytes a file had when it last looked
 * like this. Reading another repository's index by ourselves leaves out all that could lie or run: extensions,
 * assume-unchanged and skip-worktree marks, file system monitors.
 */
import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";

/** A regular file or symlink that git knows by content and by what `lstat` said then. */
export interface IndexEntry {
  readonly path: string;
  /** git's mode, as in a tree: 0o100644, 0o100755 or 0o120000; 0o160000 for a submodule. */
  readonly mode: number;
  readonly oid: string;
  /** Size at that time, modulo 2^32. */
  readonly size: number;
  /** The 40 bytes of stat data as git keeps them. */
  readonly stat: Buffer;
}

const ASSUME_UNCHANGED = 0x8000;
const EXTENDED = 0x4000;
const STAGE = 0x3000;
const SKIP_WORKTREE = 0x4000;
const INTENT_TO_ADD = 0x2000;
const SECOND = 1_000_000_000n;
const HASH = 20;
const FIXED = 40 + HASH + 2;

/**
 * @param mtimeNs of the index file: an entry not older than that could have changed unseen ("racily clean")
 * @returns the entries whose stat data can be trusted, in git's order; null where the format is one that we don't read
 */
export function parseIndex(bytes: Buffer, mtimeNs: bigint): IndexEntry[] | null {
  if (bytes.length < 12 + HASH || bytes.toString("latin1", 0, 4) !== "DIRC") return null;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return null;
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - HASH;
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let n = 0; n < count; n++) {
    if (at + FIXED > end) return null;
    const start = at;
    const flags = bytes.readUInt16BE(start + 40 + HASH);
    const extended = (flags & EXTENDED) !== 0 ? bytes.readUInt16BE(start + FIXED) : 0;
    at = start + FIXED + ((flags & EXTENDED) !== 0 ? 2 : 0);
    let name: Buffer;
    if (version === 4) {
      const strip = readVarint(bytes, at);
      const zero = bytes.indexOf(0, strip.next);
      if (zero < 0 || strip.value > previous.length) return null;
      name = Buffer.concat([
        previous.subarray(0, previous.length - strip.value),
        bytes.subarray(strip.next, zero),
      ]);
      previous = name;
      at = zero + 1;
    } else {
      const zero = bytes.indexOf(0, at);
      if (zero < 0) return null;
      name = bytes.subarray(at, zero);
      at = start + ((zero - start + 8) & ~7);
    }
    const stat = bytes.subarray(start, start + 40);
    if ((flags & (ASSUME_UNCHANGED | STAGE)) !== 0) continue;
    if ((extended & (SKIP_WORKTREE | INTENT_TO_ADD)) !== 0) continue;
    if (nanoseconds(stat, 0) >= mtimeNs || nanoseconds(stat, 8) >= mtimeNs) continue;
    entries.push({
      path: name.toString("utf8"),
      mode: stat.readUInt32BE(24),
      oid: bytes.toString("hex", start + 40, start + 40 + HASH),
      size: stat.readUInt32BE(36),
      stat,
    });
  }
  return hasRequiredExtension(bytes, at, end) ? null : entries;
}

const nanoseconds = (stat: Buffer, at: number): bigint =>
  BigInt(stat.readUInt32BE(at)) * SECOND + BigInt(stat.readUInt32BE(at + 4));

/** @returns what `lstat` says in the 40 bytes that an index keeps of it */
export function packStat(stat: BigIntStats): Buffer {
  const bytes = Buffer.allocUnsafe(40);
  const fields = [
    ...[stat.ctimeNs / SECOND, stat.ctimeNs % SECOND, stat.mtimeNs / SECOND, stat.mtimeNs % SECOND],
    ...[stat.dev, stat.ino, BigInt(gitMode(stat)), stat.uid, stat.gid, stat.size],
  ];
  for (const [n, field] of fields.entries()) bytes.writeUInt32BE(Number(BigInt.asUintN(32, field)), n * 4);
  return bytes;
}

/** @returns whether times (to the nanosecond), inode, type, owner and size agree; the device number may change */
export function sameStat(a: Buffer, b: Buffer): boolean {
  return a.compare(b, 0, 16, 0, 16) === 0 && a.compare(b, 20, 40, 20, 40) === 0;
}

function gitMode(stat: BigIntStats): number {
  if (stat.isSymbolicLink()) return 0o120000;
  return (stat.mode & 0o100n) === 0n ? 0o100644 : 0o100755;
}

/** A split or sparse index keeps entries elsewhere, which its (lower-case, so required) extensions say. */
function hasRequiredExtension(bytes: Buffer, from: number, end: number): boolean {
  for (let at = from; at + 8 <= end; at += 8 + bytes.readUInt32BE(at + 4)) {
    const first = bytes[at] ?? 0;
    if (first >= 0x61 && first <= 0x7a) return true;
  }
  return false;
}

/** The number format of version 4: seven bits a byte, most significant first, each continuation adds one. */
function readVarint(bytes: Buffer, from: number): { value: number; next: number } {
  let next = from;
  let byte = bytes[next++] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0 && next - from < 8) {
    byte = bytes[next++] ?? 0;
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, next };
}

/** @returns a version 2 index of just these entries, which must be in git's order and without duplicates */
export function formatIndex(entries: readonly IndexEntry[]): Buffer {
  const names = entries.map((entry) => Buffer.from(entry.path));
  const size = names.reduce((sum, name) => sum + ((FIXED + name.length + 8) & ~7), 12);
  const bytes = Buffer.alloc(size + HASH);
  bytes.write("DIRC", 0, "latin1");
  bytes.writeUInt32BE(2, 4);
  bytes.writeUInt32BE(entries.length, 8);
  let at = 12;
  for (const [n, entry] of entries.entries()) {
    const name = names[n] as Buffer;
    entry.stat.copy(bytes, at);
    bytes.write(entry.oid, at + 40, "hex");
    bytes.writeUInt16BE(Math.min(name.length, 0xfff), at + 40 + HASH);
    name.copy(bytes, at + FIXED);
    at += (FIXED + name.length + 8) & ~7;
  }
  createHash("sha1").update(bytes.subarray(0, size)).digest().copy(bytes, size);
  return bytes;
}
