/**
 * Owns the messages of the stream as bytes, the last ones only: a ring in which each has a number that grows by one, and a place
 * in the stream of all bytes.
 *
 * Invariants:
 * L1 at most `limits.messages` and `limits.bytes` are kept (B1); what is kept has no gap;
 * L2 each message is made to text once, when it is added (B2), and joined with its neighbours once for all who need the same.
 */
import { randomBytes } from "node:crypto";
import type { StreamEvent } from "../../contract/events.ts";

export interface LogLimits {
  readonly messages: number;
  readonly bytes: number;
}

export interface MessageLog {
  /** Number of the newest message; 0 before the first. */
  readonly last: number;
  /** How many bytes were added so far. */
  readonly end: number;
  add(event: StreamEvent): void;
  /** Where the bytes of the message after `n` begin; null where that is forgotten, or `n` never was. */
  placeAfter(n: number): number | null;
  /** The messages after `n`, joined: at least one, no more than fit into `bytes`. Null at the end. */
  after(n: number, bytes: number): { readonly bytes: Buffer; readonly upTo: number } | null;
  /** @returns the number in an id of this log, or null where it is none or of another run. */
  parseId(id: string): number | null;
  /** One message to one client, under the id of the newest: who comes back with it gets what follows. */
  aside(event: StreamEvent): Buffer;
}

interface Entry {
  readonly bytes: Buffer;
  /** Of its end. */
  readonly end: number;
}

const ID = /^(?<epoch>[0-9a-f]{1,32})-(?<n>[0-9]{1,15})$/;

export function createMessageLog(limits: LogLimits): MessageLog {
  const epoch = randomBytes(8).toString("hex");
  const ring: (Entry | undefined)[] = [];
  let first = 1;
  let last = 0;
  let end = 0;
  let kept = 0;
  /** Most clients are at the same place. */
  let joined: { after: number; bytes: Buffer; upTo: number } | null = null;

  const at = (n: number) => (n >= first && n <= last ? ring[n % limits.messages] : undefined);
  const toBytes = (n: number, event: StreamEvent) =>
    Buffer.from(`id: ${epoch}-${n}\ndata: ${JSON.stringify(event)}\n\n`);

  function forget(): void {
    kept -= at(first)?.bytes.length ?? 0;
    ring[first % limits.messages] = undefined;
    first += 1;
  }

  return {
    get last() {
      return last;
    },
    get end() {
      return end;
    },
    add(event) {
      if (last - first + 1 >= limits.messages) forget();
      last += 1;
      const bytes = toBytes(last, event);
      end += bytes.length;
      kept += bytes.length;
      ring[last % limits.messages] = { bytes, end };
      while (kept > limits.bytes && first < last) forget();
    },
    placeAfter(n) {
      if (n === last) return end;
      const next = at(n + 1);
      return next ? next.end - next.bytes.length : null;
    },
    after(n, bytes) {
      if (joined?.after === n && (joined.upTo === last || joined.bytes.length * 2 > bytes)) return joined;
      const parts: Buffer[] = [];
      let size = 0;
      for (let next = at(n + 1); next; next = at(n + 1 + parts.length)) {
        if (parts.length > 0 && size + next.bytes.length > bytes) break;
        parts.push(next.bytes);
        size += next.bytes.length;
      }
      if (parts.length === 0) return null;
      const [only] = parts;
      const whole = parts.length === 1 && only ? only : Buffer.concat(parts, size);
      joined = { after: n, bytes: whole, upTo: n + parts.length };
      return joined;
    },
    parseId(id) {
      const groups = ID.exec(id)?.groups;
      return groups?.epoch === epoch ? Number(groups.n) : null;
    },
    aside: (event) => toBytes(last, event),
  };
}
