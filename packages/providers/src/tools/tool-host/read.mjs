import { capLine, LINE_CHARS, SHOWN_BYTES } from "./capped.mjs";

const DEFAULT_LINES = 2_000;
const CHUNK = 64 * 1024;
/** Beyond it, looking for a line by its number takes longer than a call may. */
const MAX_BYTES = 512 * 1024 * 1024;
/** Four bytes a character at most. */
const LINE_BYTES = 4 * LINE_CHARS + 4;

/**
 * Lines of a file by number. The file is never held in memory: only the window is.
 * @type {import("./main.mjs").Tool}
 */
export async function read(
  /** @type {{ path: string, offset?: number, limit?: number }} */ input,
  { workspace, signal },
) {
  const { file, size } = await workspace.openToRead(input.path);
  try {
    if (size > MAX_BYTES)
      throw new Error(`${input.path} has ${size} bytes, too many to read; search it with grep`);
    const first = input.offset ?? 1;
    const limit = input.limit ?? DEFAULT_LINES;
    /** @type {string[]} */
    const shown = [];
    let bytes = 0;
    let number = 0;
    let more = false;
    for await (const line of linesOf(file, input.path, signal)) {
      number += 1;
      if (number < first) continue;
      const text = `${String(number).padStart(6)}\t${capLine(line.toString("utf8"))}`;
      bytes += Buffer.byteLength(text) + 1;
      if (shown.length === limit || (bytes > SHOWN_BYTES && shown.length > 0)) {
        more = true;
        break;
      }
      shown.push(text);
    }
    if (number === 0) return "[the file is empty]";
    if (shown.length === 0) throw new Error(`${input.path} has ${number} lines, none at offset ${first}`);
    const last = first + shown.length - 1;
    return more ? `${shown.join("\n")}\n[more follows: read on with offset ${last + 1}]` : shown.join("\n");
  } finally {
    await file.close();
  }
}

/**
 * The lines without their ends; of one that is longer than is shown, the start.
 * @param {import("node:fs/promises").FileHandle} file @param {string} path @param {AbortSignal} signal
 */
async function* linesOf(file, path, signal) {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let line = Buffer.alloc(0);
  let begun = false;
  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(chunk, 0, CHUNK, at);
    if (bytesRead === 0) break;
    const part = chunk.subarray(0, bytesRead);
    if (at === 0 && part.includes(0)) throw new Error(`${path} is a binary file`);
    at += bytesRead;
    let start = 0;
    for (let end = part.indexOf(10); end !== -1; end = part.indexOf(10, start)) {
      yield withoutReturn(grown(line, part.subarray(start, end)));
      line = Buffer.alloc(0);
      begun = false;
      start = end + 1;
    }
    if (start < bytesRead) {
      line = grown(line, part.subarray(start));
      begun = true;
    }
  }
  if (begun) yield withoutReturn(line);
}

/** @param {Buffer} line @param {Buffer} piece @returns {Buffer<ArrayBuffer>} */
const grown = (line, piece) =>
  Buffer.concat([line, piece.subarray(0, Math.max(0, LINE_BYTES - line.length))]);

/** @param {Buffer} line */
const withoutReturn = (line) => (line.at(-1) === 13 ? line.subarray(0, -1) : line);
