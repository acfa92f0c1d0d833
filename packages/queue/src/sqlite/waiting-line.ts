/**
 * The line of processes that wait for the write lock of one file, kept in a tiny file beside it. SQLite's lock goes to whoever
 * asks at the right moment, so a busy process takes it again and again while others starve; here a process that waits says
 * since when, and others let it go first.
 *
 * The line is advice: SQLite's own lock decides, and every access to the line may fail without harm. Times are those of the
 * machine's steady clock, which all its processes share; a database on several machines is not supported by WAL anyway.
 *
 * Invariants:
 * L1 whoever waits longest tries first; a process whose turn is over (see turnMs) stands behind all that wait;
 * L2 whoever said nothing for STALE_MS (killed, stopped) is passed over, and has its old place when it comes back;
 * L3 where nobody waits, nothing is written.
 */
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";

/**
 * Turns are so long that handing over costs a few hundredths of them, and so short that however many wait, each has its turn
 * after about ROUND_MS.
 */
const ROUND_MS = 100;
const SHORTEST_TURN_MS = 5;
const LONGEST_TURN_MS = 20;
const STALE_MS = 50;
/** How soon the first in the line tries again, and the others look whether they are it. */
const FIRST_MS = 1;
const OTHERS_MS = 4;
const SLOTS = 64;
/** Two numbers: waiting since, and last heard of; both in milliseconds, 0 in a free slot. */
const SLOT_BYTES = 16;

export interface WaitingLine {
  /** Whether this process may try for the lock; else others go first. */
  mayTry(): boolean;
  /** It got the lock. */
  entered(): void;
  /** It did not: stand in line. @returns milliseconds until the next try. */
  wait(): number;
  close(): void;
}

function machineMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** @param path of the database; where its line can't be opened, nobody lets anybody go first. */
export function openWaitingLine(path: string): WaitingLine {
  /** Undefined until the first write: whoever only reads leaves no file. */
  let file: number | null | undefined;
  const slots = new Float64Array((SLOTS * SLOT_BYTES) / 8);
  /** Of this process while it waits, else -1. */
  let slot = -1;
  let since = 0;
  let turnSince = Number.NEGATIVE_INFINITY;

  const sinceOf = (index: number) => slots[2 * index] ?? 0;
  const isWaiting = (index: number, now: number) => {
    const heard = slots[2 * index + 1] ?? 0;
    return sinceOf(index) > 0 && heard <= now && now - heard < STALE_MS;
  };

  function look(): void {
    if (file === undefined) file = openFile(`${path}-line`);
    slots.fill(0);
    if (file === null) return;
    try {
      readSync(file, slots, 0, slots.byteLength, 0);
    } catch {
      slots.fill(0);
    }
  }

  /** How many wait for longer than since `time`. */
  function before(time: number, now: number): number {
    let count = 0;
    for (let index = 0; index < SLOTS; index++)
      if (index !== slot && isWaiting(index, now) && sinceOf(index) < time) count++;
    return count;
  }

  function put(index: number, values: readonly [number, number]): void {
    if (file === null || file === undefined) return;
    try {
      writeSync(file, new Float64Array(values), 0, SLOT_BYTES, index * SLOT_BYTES);
    } catch {
      // A full disk: then this process waits without a place.
    }
  }

  function freeSlot(now: number): number {
    const start = Math.floor(Math.random() * SLOTS);
    for (let step = 0; step < SLOTS; step++) {
      const index = (start + step) % SLOTS;
      if (!isWaiting(index, now)) return index;
    }
    return start;
  }

  return {
    mayTry() {
      const now = machineMs();
      const lasted = slot === -1 ? now - turnSince : Number.POSITIVE_INFINITY;
      if (lasted < SHORTEST_TURN_MS) return true;
      look();
      const waiting = before(slot === -1 ? now : since, now);
      if (waiting > 0) return lasted < turnMs(waiting);
      if (slot === -1) turnSince = now;
      return true;
    },
    entered() {
      if (slot === -1) return;
      put(slot, [0, 0]);
      slot = -1;
      turnSince = machineMs();
    },
    wait() {
      const now = machineMs();
      if (slot === -1) {
        since = now;
        look();
        slot = freeSlot(now);
      }
      put(slot, [since, now]);
      const first = before(since, now) === 0;
      return first ? FIRST_MS : OTHERS_MS;
    },
    close() {
      if (slot !== -1) put(slot, [0, 0]);
      if (typeof file === "number") closeSync(file);
      file = null;
    },
  };
}

function turnMs(waiting: number): number {
  return Math.min(LONGEST_TURN_MS, Math.max(SHORTEST_TURN_MS, ROUND_MS / (waiting + 1)));
}

function openFile(path: string): number | null {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  } catch {
    return null;
  }
}
