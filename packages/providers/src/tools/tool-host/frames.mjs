/**
 * What is said between the tool host and the loop outside: one JSON object a line.
 *
 * Outside → host: `{id, name, input}` asks for a call, `{cancel: id}` gives one up. Host → outside: `{id, text, isError,
 * denied}`. The outside is trusted by this process, but not the other way round: `open-tool-host.ts` checks every frame.
 */
import { writeSync } from "node:fs";

/**
 * @typedef {{ id: string, name: string, input: unknown }} Request
 * @typedef {{ cancel: string }} Cancel
 */

/** @param {(frame: Request | Cancel) => void} onFrame */
export function createFrameReader(onFrame) {
  /** @type {Buffer[]} */
  let parts = [];
  return {
    /** @param {Buffer} chunk */
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        parts.push(chunk.subarray(start, end));
        const line = Buffer.concat(parts).toString("utf8");
        parts = [];
        start = end + 1;
        onFrame(JSON.parse(line));
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    },
  };
}

/** Written whole before anything else happens, so that no frame is lost at the end. @param {object} frame */
export function writeFrame(frame) {
  const bytes = Buffer.from(`${JSON.stringify(frame)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EAGAIN") throw error;
      // The pipe is full and non-blocking; its reader is another process, so sleeping here holds up nobody but us.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
