/**
 * One client of the stream: a place in the log, and what it has not read of it. It holds no messages of its own, so that what
 * many clients have not read yet is kept once.
 *
 * Invariants:
 * C1 it writes only as far as the client reads: what is on its way is at most CHUNK and what the system's buffers hold;
 * C2 who has more than `limit` bytes unread of what was added since it connected is cut off (S4), and so is who is still at
 *    what the log has forgotten.
 */
import type { ServerResponse } from "node:http";
import type { MessageLog } from "./message-log.ts";

const CHUNK = 64 * 1024;

export interface StreamClient {
  /** Writes what there is, as far as the client reads. */
  flush(): void;
  end(): void;
}

export interface StreamClientOptions {
  readonly log: MessageLog;
  readonly response: ServerResponse;
  /** Number of the last message that the client has. */
  readonly after: number;
  readonly limit: number;
  onCutOff(): void;
}

export function createStreamClient(options: StreamClientOptions): StreamClient {
  const { log, response, limit, onCutOff } = options;
  const connectedAt = log.end;
  let last = options.after;
  let over = false;

  function isTooSlow(): boolean {
    const place = log.placeAfter(last);
    if (place === null) return true;
    return log.end - Math.max(place, connectedAt) + response.writableLength > limit;
  }

  function flush(): void {
    if (over || response.destroyed || response.writableEnded) return;
    while (!response.writableNeedDrain) {
      const next = log.after(last, CHUNK);
      if (next === null) break;
      last = next.upTo;
      response.write(next.bytes);
    }
    if (!isTooSlow()) return;
    over = true;
    response.destroy();
    onCutOff();
  }

  response.on("drain", flush);
  // It went away while something was written: its `close` follows.
  response.on("error", () => {});
  return {
    flush,
    end() {
      over = true;
      response.end();
    },
  };
}
