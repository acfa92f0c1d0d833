/**
 * A lock between processes: a directory of generations, `lock.1`, `lock.2`, …; the highest one says who holds it.
 *
 * Invariants:
 * L1 a generation is created once, whole, by link(2), and never used again: its number is the fencing token;
 * L2 a new one is created only where the highest is released or its holder is dead (pid, start time and boot compared);
 * L3 the highest is never deleted, and recent ones are kept, so a slow contender that creates an old number still sees
 *    a higher one and gives up;
 * L4 only the holder writes its own generation, once, to say that it is released.
 */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isAlive, type ProcessIdentity, processIdentity } from "./process-identity.ts";

export interface LockHolder {
  readonly pid: number;
  /** When the holder took the lock, ISO 8601. */
  readonly startedAt: string;
}

export interface HeldLock {
  /** Grows with every holder. */
  readonly fence: number;
  /** May be called twice; never throws. */
  release(): void;
}

/** The lock is held by a live process. Callers turn it into E401 or E403. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";
  readonly holder: LockHolder;

  constructor(holder: LockHolder) {
    super(`held by pid ${holder.pid} since ${holder.startedAt}`);
    this.holder = holder;
  }
}

const generationSchema = z.strictObject({
  pid: z.number().int().positive(),
  start: z.string(),
  boot: z.string(),
  at: z.string(),
  released: z.boolean(),
});
type Generation = z.infer<typeof generationSchema>;

/** How many passed generations stay: far more than can pass while one contender lists the directory. */
const KEPT_GENERATIONS = 16;

/** Takes the lock `dir`, which is created where missing. @throws LockHeldError */
export function acquireLock(dir: string, { now }: { now: () => Date }): HeldLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const self = ownIdentity();
  for (;;) {
    const highest = highestGeneration(dir);
    const holder = holderOf(dir, highest);
    if (holder) throw new LockHeldError(holder);
    const fence = highest + 1;
    const mine: Generation = { ...self, at: now().toISOString(), released: false };
    if (!createGeneration(dir, fence, mine)) continue;
    if (highestGeneration(dir) !== fence) {
      rmSync(join(dir, fileName(fence)), { force: true });
      continue;
    }
    removeOld(dir, fence);
    return { fence, release: createRelease(dir, fence, mine) };
  }
}

/** @returns the live holder of the lock `dir`, or null where it is free. */
export function lockHolder(dir: string): LockHolder | null {
  return holderOf(dir, highestGeneration(dir));
}

function ownIdentity(): ProcessIdentity {
  const identity = processIdentity(process.pid);
  if (!identity) throw new Error("this process has no start time that others could compare");
  return identity;
}

const fileName = (generation: number) => `lock.${generation}`;

function generationsOf(dir: string): number[] {
  try {
    return readdirSync(dir)
      .map((name) => /^lock\.([1-9][0-9]*)$/.exec(name)?.[1])
      .filter((number) => number !== undefined)
      .map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const highestGeneration = (dir: string) => Math.max(0, ...generationsOf(dir));

function holderOf(dir: string, generation: number): LockHolder | null {
  if (generation === 0) return null;
  const found = readGeneration(join(dir, fileName(generation)));
  if (!found || found.released || !isAlive(found)) return null;
  return { pid: found.pid, startedAt: found.at };
}

/** Files appear whole (L1): one that can't be understood was cut short by a power loss, and its holder died with it. */
function readGeneration(path: string): Generation | null {
  try {
    return generationSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || code === "ENOENT") return null;
    throw error;
  }
}

/** @returns whether the generation is ours; false where another process was first. */
function createGeneration(dir: string, generation: number, content: Generation): boolean {
  const temporary = writeTemporary(dir, content);
  try {
    linkSync(temporary, join(dir, fileName(generation)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** No fsync: what a power loss takes, it takes from dead holders. */
function writeTemporary(dir: string, content: Generation): string {
  const path = join(dir, `.${process.pid}.${randomBytes(8).toString("hex")}.tmp`);
  writeFileSync(path, JSON.stringify(content), { flag: "wx", mode: 0o600 });
  return path;
}

const RELEASE_ATTEMPTS = 3;

/**
 * Written over in place, at the same length: this must work on a full disk, and half of it reads as released too. What was
 * done under the lock is done: a disk that doesn't take this is no failure of it, and the lock ends with its holder.
 */
function createRelease(dir: string, fence: number, mine: Generation): () => void {
  const text = JSON.stringify({ ...mine, released: true }).padEnd(JSON.stringify(mine).length);
  let released = false;
  return () => {
    for (let attempt = 0; attempt < RELEASE_ATTEMPTS && !released; attempt += 1) {
      try {
        writeFileSync(join(dir, fileName(fence)), text, { flag: "r+" });
        released = true;
      } catch {
        // Once more: what failed once need not fail again.
      }
    }
  };
}

/** Also temporary files of contenders that died, known by the pid in their name. */
function removeOld(dir: string, fence: number): void {
  for (const generation of generationsOf(dir)) {
    if (generation <= fence - KEPT_GENERATIONS) rmSync(join(dir, fileName(generation)), { force: true });
  }
  for (const name of readdirSync(dir)) {
    const pid = /^\.([0-9]+)\.[0-9a-f]{16}\.tmp$/.exec(name)?.[1];
    if (pid && processIdentity(Number(pid)) === null) rmSync(join(dir, name), { force: true });
  }
}
