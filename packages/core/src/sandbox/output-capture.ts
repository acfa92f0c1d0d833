import type { CapturedOutput } from "./types.ts";

export interface OutputCapture {
  push(chunk: Buffer): void;
  result(): CapturedOutput;
}

/**
 * Keeps the first and the last bytes of a stream and counts all of them; memory never exceeds `capBytes` (I3).
 * Bytes are copied, so that a pooled chunk is not held alive by the few bytes kept of it.
 */
export function createOutputCapture(capBytes: number): OutputCapture {
  const headCap = Math.ceil(capBytes / 2);
  const tailCap = capBytes - headCap;
  const headParts: Buffer[] = [];
  let headSize = 0;
  let bytes = 0;
  let ring: Buffer | null = null;
  let ringSize = 0;
  let ringNext = 0;

  const pushTail = (chunk: Buffer) => {
    if (tailCap === 0) return;
    ring ??= Buffer.allocUnsafe(tailCap);
    const kept = chunk.length > tailCap ? chunk.subarray(chunk.length - tailCap) : chunk;
    const first = Math.min(kept.length, tailCap - ringNext);
    kept.copy(ring, ringNext, 0, first);
    kept.copy(ring, 0, first);
    ringNext = (ringNext + kept.length) % tailCap;
    ringSize = Math.min(tailCap, ringSize + kept.length);
  };

  const tail = (): Buffer => {
    if (ring === null) return Buffer.alloc(0);
    const start = ringSize < tailCap ? 0 : ringNext;
    return Buffer.concat([ring.subarray(start, ringSize), ring.subarray(0, start)]);
  };

  return {
    push(chunk) {
      bytes += chunk.length;
      const room = Math.min(chunk.length, headCap - headSize);
      if (room > 0) {
        headParts.push(Buffer.from(chunk.subarray(0, room)));
        headSize += room;
      }
      if (room < chunk.length) pushTail(chunk.subarray(room));
    },
    result() {
      const head = Buffer.concat(headParts);
      if (bytes <= capBytes) {
        return { bytes, head: Buffer.concat([head, tail()]), tail: Buffer.alloc(0), truncated: false };
      }
      return { bytes, head, tail: tail(), truncated: true };
    },
  };
}
