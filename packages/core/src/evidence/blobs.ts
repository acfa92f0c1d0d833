/**
 * Owns `blobs/sha256/` of one session: files named by the sha256 of their bytes on disk.
 *
 * Invariants:
 * B1 what `put` returned is on disk, bytes and name, so a journal line may name it;
 * B2 nothing is hashed or stored before the redactor has seen it;
 * B3 a blob is never changed: the same content again is the same file.
 */
import { isUtf8 } from "node:buffer";
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { RunnerError } from "../errors/runner-error.ts";
import { writeAtomicFile } from "./atomic-file.ts";
import type { BlobRef } from "./blob-ref.ts";
import { makeDurableDirectory, syncDirectory } from "./durable-fs.ts";
import { evidenceWriteError } from "./evidence-fs-error.ts";
import { readRegularFile, sha256 } from "./read-journal.ts";
import type { Redactor } from "./redactor.ts";

export interface BlobReader {
  /** @returns the content, unpacked. @throws RunnerError E301 missing, E303 altered. */
  get(ref: BlobRef): Buffer;
}

export interface BlobStore extends BlobReader {
  /** Durable when it returns. @throws RunnerError E104, E109, E307. */
  put(name: string, content: string | Uint8Array): BlobRef;
}

export interface BlobOptions {
  /** Store as gzip where that is smaller. */
  readonly compress: boolean;
  readonly redactor: Redactor;
}

/** Below this a gzip header and a second format save nothing worth having. */
const COMPRESS_FROM_BYTES = 512;

/** @returns the path of a blob inside the session folder, with `/` on every system. */
export function blobPath(ref: Pick<BlobRef, "sha256">): string {
  return `blobs/sha256/${ref.sha256.slice(0, 2)}/${ref.sha256}`;
}

/** @param dir the session folder. */
export function createBlobReader(dir: string): BlobReader {
  return {
    get(ref) {
      const path = join(dir, blobPath(ref));
      const stored = readRegularFile(path);
      if (sha256(stored) !== ref.sha256) throw new RunnerError("E303", { path });
      const content = ref.encoding === "gzip" ? unpack(stored, ref, path) : stored;
      if (content.length !== ref.bytes) throw new RunnerError("E303", { path });
      return content;
    },
  };
}

/** @param dir the session folder. */
export function createBlobStore(dir: string, options: BlobOptions): BlobStore {
  /** On disk since this process put them there; nothing of ours removes a blob of an open session. */
  const known = new Set<string>();
  return {
    ...createBlobReader(dir),
    put(name, content) {
      const plain = redactBytes(content, options.redactor);
      const packed = options.compress && plain.length >= COMPRESS_FROM_BYTES ? pack(plain) : plain;
      const gzip = packed.length < plain.length;
      const stored = gzip ? packed : plain;
      const ref: BlobRef = {
        name,
        sha256: sha256(stored),
        bytes: plain.length,
        encoding: gzip ? "gzip" : "identity",
      };
      if (!known.has(ref.sha256)) store(join(dir, blobPath(ref)), ref.sha256, stored);
      known.add(ref.sha256);
      return ref;
    },
  };
}

function store(path: string, digest: string, bytes: Buffer): void {
  try {
    if (isStored(path, digest)) return;
    makeDurableDirectory(dirname(path));
  } catch (error) {
    throw evidenceWriteError(error, path);
  }
  writeAtomicFile(path, bytes);
}

/** A file of that name with other bytes is not this blob: it is replaced. */
function isStored(path: string, digest: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || sha256(readRegularFile(path)) !== digest) return false;
  // A crash may have come between the rename and the sync of its directory.
  syncDirectory(dirname(path));
  return true;
}

function redactBytes(content: string | Uint8Array, redactor: Redactor): Buffer {
  if (typeof content === "string") return Buffer.from(redactor.redact(content));
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  // Latin-1 keeps every byte as it is, so a secret inside binary output is found and the rest is unharmed.
  const encoding = isUtf8(bytes) ? "utf8" : "latin1";
  const text = bytes.toString(encoding);
  const redacted = redactor.redact(text);
  return redacted === text ? bytes : Buffer.from(redacted, encoding);
}

function pack(plain: Buffer): Buffer {
  const packed = gzipSync(plain, { level: constants.Z_BEST_SPEED });
  // The header names the operating system; "unknown" makes equal content equal bytes on every platform.
  packed[9] = 255;
  return packed;
}

function unpack(stored: Buffer, ref: BlobRef, path: string): Buffer {
  try {
    return gunzipSync(stored, { maxOutputLength: Math.max(1, ref.bytes) });
  } catch (error) {
    throw new RunnerError("E303", { path }, error);
  }
}
