/**
 * Owns `web.json` of a namespace: which web servers run on it. Talks to the file system, and asks which processes live.
 *
 * Invariants:
 * G1 the file is changed only by who holds `web.lock`, and replaced whole; without a server there is none;
 * G2 an entry is added by the process that it names, once that listens; it is taken away by that process, or by anybody once the
 *    process is gone;
 * G3 an entry is believed only where a process of its pid, start time and boot lives: a pid alone may be anybody's.
 */
import { readFile, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { acquireLock, isAlive, LockHeldError, makeDirs, RunnerError, replaceFile } from "@pm/core";
import { knownNamespaces, type WebFiles, webFiles } from "./web-files.ts";
import { parseRecords, type WebRecord } from "./web-record.ts";

const LOCK_PATIENCE_MS = 5_000;
const LOCK_LOOK_MS = 10;

export interface KnownServers {
  readonly live: readonly WebRecord[];
  /** Their processes are gone, or were never what the file says. */
  readonly gone: readonly WebRecord[];
}

/** @param home as `pmHome` gives it */
export async function readServers(home: string, namespace: string): Promise<KnownServers> {
  const records = await recordsIn(webFiles(home, namespace));
  return {
    live: records.filter((record) => isAlive(record)),
    gone: records.filter((record) => !isAlive(record)),
  };
}

/** Of every namespace of the home folder. */
export async function readAllServers(home: string): Promise<KnownServers> {
  const known = await Promise.all(
    (await knownNamespaces(home)).map((namespace) => readServers(home, namespace)),
  );
  return { live: known.flatMap(({ live }) => live), gone: known.flatMap(({ gone }) => gone) };
}

/**
 * Adds a server that listens now. One in the background is the only one of its namespace that begins so.
 * @throws RunnerError E481 where it is one in the background, and another one lives
 */
export async function addServer(home: string, record: WebRecord): Promise<void> {
  await change(home, record.namespace, (live) => {
    const [other] = live;
    if (record.background && other !== undefined) throw alreadyRunning(other);
    return [...live, record];
  });
}

/** Does nothing where it is not there. */
export async function removeServer(home: string, record: WebRecord): Promise<void> {
  await change(home, record.namespace, (live) => live.filter((other) => !isSame(other, record)));
}

/** Takes those away whose processes are gone; makes nothing where there is no file. */
export async function forgetGone(home: string, namespace: string): Promise<void> {
  if ((await recordsIn(webFiles(home, namespace))).some((record) => !isAlive(record)))
    await change(home, namespace, (live) => live);
}

export function alreadyRunning({ namespace, pid, url }: WebRecord): RunnerError {
  return new RunnerError("E481", { namespace, pid, url });
}

export function isSame(a: WebRecord, b: WebRecord): boolean {
  return a.pid === b.pid && a.start === b.start && a.boot === b.boot && a.port === b.port;
}

async function change(
  home: string,
  namespace: string,
  next: (live: readonly WebRecord[]) => readonly WebRecord[],
): Promise<void> {
  const files = webFiles(home, namespace);
  makeDirs(files.folder);
  const lock = await acquire(files.lock);
  try {
    const servers = next((await recordsIn(files)).filter((record) => isAlive(record)));
    if (servers.length === 0) await rm(files.record, { force: true });
    else await replaceFile(files.record, `${JSON.stringify({ servers }, null, 2)}\n`, 0o600);
  } finally {
    lock.release();
  }
}

async function recordsIn({ record }: WebFiles): Promise<WebRecord[]> {
  const text = await readFile(record, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return parseRecords(text);
}

/** It is held for one small file's write: who waits longer than that has found somebody that is stopped. */
async function acquire(dir: string) {
  for (const end = performance.now() + LOCK_PATIENCE_MS; ; await delay(LOCK_LOOK_MS)) {
    try {
      return acquireLock(dir, { now: () => new Date() });
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      if (performance.now() > end) {
        const reason = `${dir} is held by pid ${error.holder.pid}`;
        throw new RunnerError("E119", { path: dir, reason }, error);
      }
    }
  }
}
