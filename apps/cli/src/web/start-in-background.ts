/**
 * Starts `pm web` as a process of its own, and waits until it serves. Owns that process until then.
 *
 * Invariants:
 * B1 it resolves only once the very process that it started is in `web.json` and `/api/health` answers for its namespace;
 * B2 where it throws, nothing of what it started runs any more;
 * B3 the one-time link comes over the channel between the two processes: it is in no argument, environment or log.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { RunnerError } from "@pm/core";
import { answersHealth } from "./answers-health.ts";
import type { StartMessage } from "./parent-channel.ts";
import { backgroundEnvironment } from "./web-environment.ts";
import { webFiles } from "./web-files.ts";
import { openWebLog, type WebLog } from "./web-log.ts";
import type { WebRecord } from "./web-record.ts";
import { alreadyRunning, forgetGone, isSame, readServers } from "./web-registry.ts";

const START_SECONDS = 15;
const LOOK_MS = 50;
const LAST_WORDS_MS = 2_000;

export interface BackgroundStart {
  /** As `pmHome` gives it. */
  readonly home: string;
  readonly namespace: string;
  /** Real path of a valid project. */
  readonly project: string;
  /** Of this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `pm web` is to be given beside namespace and project. */
  readonly options: readonly string[];
  /** Ends the attempt: nothing stays behind. */
  readonly signal?: AbortSignal;
}

export interface StartedWeb {
  readonly record: WebRecord;
  /** Null where who sits at this machine needs none. */
  readonly loginUrl: string | null;
  /** File that the server writes to. */
  readonly log: string;
}

/** @throws RunnerError E480, E481, E482, E485, and what else the server itself says of its start */
export async function startInBackground(start: BackgroundStart): Promise<StartedWeb> {
  const { home, namespace } = start;
  const [other] = (await readServers(home, namespace)).live;
  if (other !== undefined) throw alreadyRunning(other);
  const files = webFiles(home, namespace);
  const log = await openWebLog(files);
  const child = spawnServer(start, log);
  try {
    const ready = await firstWord(child, log, files.log, start.signal);
    await untilServes(home, ready.record, () => failed(log, files.log));
    if (child.connected) child.disconnect();
    child.unref();
    return { record: ready.record, loginUrl: ready.loginUrl, log: files.log };
  } catch (error) {
    await end(child);
    await forgetGone(home, namespace);
    throw error;
  } finally {
    await log.file.close();
  }
}

function spawnServer({ home, namespace, project, env, options }: BackgroundStart, log: WebLog): ChildProcess {
  const [, program = ""] = process.argv;
  const args = [program, "web", "--namespace", namespace, `--project=${project}`, ...options];
  return spawn(process.execPath, args, {
    cwd: project,
    // It may have been given from another folder than the project's.
    env: { ...backgroundEnvironment(env), PM_HOME: home },
    // A session of its own: closing this terminal does not reach it.
    detached: true,
    stdio: ["ignore", log.file.fd, log.file.fd, "ipc"],
  });
}

type Ready = Extract<StartMessage, { kind: "ready" }>;

/** @throws RunnerError what the server said, or E482 where it died or said nothing in time */
async function firstWord(
  child: ChildProcess,
  log: WebLog,
  path: string,
  signal?: AbortSignal,
): Promise<Ready> {
  const waiting = new AbortController();
  try {
    const word = await Promise.race([
      new Promise<StartMessage | null>((resolve) => {
        child.once("message", (message) => resolve(message as StartMessage));
        child.once("error", () => resolve(null));
        // After what is still in the channel.
        child.once("close", () => resolve(null));
        signal?.addEventListener("abort", () => resolve(null), { once: true });
        if (signal?.aborted === true) resolve(null);
      }),
      delay(START_SECONDS * 1000, null, { signal: waiting.signal }),
    ]);
    if (word === null) throw await failed(log, path);
    if (word.kind === "failed") throw new RunnerError(word.report.code, word.report.data);
    return word;
  } finally {
    waiting.abort();
  }
}

async function untilServes(
  home: string,
  record: WebRecord,
  failure: () => Promise<RunnerError>,
): Promise<void> {
  for (const until = performance.now() + START_SECONDS * 1000; ; await delay(LOOK_MS)) {
    const { live } = await readServers(home, record.namespace);
    const isThere = live.some((other) => isSame(other, record));
    if (isThere && (await answersHealth(record))) return;
    if (!isThere || performance.now() > until) throw await failure();
  }
}

async function failed(log: WebLog, path: string): Promise<RunnerError> {
  return new RunnerError("E482", { seconds: START_SECONDS, log: await log.tail(), path });
}

/** Its whole process group; agents that are outside of it end with their supervisor. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<true>((resolve) => child.once("exit", () => resolve(true)));
  process.kill(child.pid, "SIGTERM");
  if ((await Promise.race([ended, delay(LAST_WORDS_MS, false)])) === true) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
  await ended;
}
