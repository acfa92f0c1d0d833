import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { RunnerError } from "@pm/core";
import type { Io } from "../io.ts";

/** A prompt longer than this is a mistake, say a binary or an endless pipe. */
const LIMIT_BYTES = 1024 * 1024;
/** How long a pipe may stay silent before it counts as one that nobody writes to. */
const FIRST_BYTE_MS = 1_000;

/** @returns the text of a file, or of standard input for `-`. @throws E116 */
export async function readTask(io: Io, path: string): Promise<string> {
  if (path === "-") return decode("standard input", await drain(io.stdin.stream(), null));
  const absolute = resolve(io.cwd(), path);
  const bytes = await readFile(absolute).catch((cause: NodeJS.ErrnoException) => {
    throw new RunnerError("E116", { path: absolute, reason: cause.message }, cause);
  });
  return decode(absolute, bytes);
}

/**
 * The task on standard input where the command line names none, or null.
 * Many callers (CI, editors, other programs) leave a pipe open that nobody will ever write to, so a pipe
 * without a first byte within a second counts as none; `--file -` waits for as long as it takes.
 */
export async function readImplicitTask(io: Io): Promise<string | null> {
  const kind = io.stdin.kind();
  if (kind !== "pipe" && kind !== "file") return null;
  const bytes = await drain(io.stdin.stream(), kind === "pipe" ? FIRST_BYTE_MS : null);
  const text = bytes.length === 0 ? "" : decode("standard input", bytes);
  return text.trim() === "" ? null : text;
}

function drain(stream: Readable, firstByteMs: number | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (error?: Error) => {
      clearTimeout(timer);
      stream.off("data", onData).off("end", onEnd).off("error", finish);
      stream.pause();
      if (error === undefined) resolve(Buffer.concat(chunks));
      else reject(new RunnerError("E116", { path: "standard input", reason: error.message }, error));
    };
    const onData = (chunk: Buffer | string) => {
      clearTimeout(timer);
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > LIMIT_BYTES) finish(new Error(`it is longer than ${LIMIT_BYTES} bytes`));
    };
    const onEnd = () => finish();
    const timer = firstByteMs === null ? undefined : setTimeout(finish, firstByteMs);
    stream.on("data", onData).on("end", onEnd).on("error", finish);
  });
}

function decode(path: string, bytes: Buffer): string {
  if (bytes.length > LIMIT_BYTES) {
    throw new RunnerError("E116", { path, reason: `it is longer than ${LIMIT_BYTES} bytes` });
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) throw new Error("it holds a NUL byte");
    return text;
  } catch (cause) {
    const reason = cause instanceof TypeError ? "it is not UTF-8 text" : (cause as Error).message;
    throw new RunnerError("E116", { path, reason }, cause);
  }
}
