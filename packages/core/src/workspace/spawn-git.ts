/**
 * Starts git processes. Owns those that run.
 *
 * Invariants:
 * P1 none outlives `pm`: all are killed when it exits, and a guard kills one that has run for a second when `pm` is itself
 *    killed. What is younger then ends by itself: a process can't ask Node to be killed with its parent;
 * P2 none runs for ever: there is a time limit, and an abort that it does not follow within seconds.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { RunnerError } from "../errors/runner-error.ts";
import { startProcessGuard } from "../sandbox/process-guard.ts";
import { newRunMark } from "../sandbox/run-mark.ts";

export const GIT_NEEDED = "2.30";

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitSpawn {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: Buffer | string;
  /** Bytes of stdout to keep; git is stopped after that and `code` is 0. */
  readonly maxBytes?: number;
  /** Once it is aborted git is given a moment to end, as it nearly always does, and is stopped then. */
  readonly signal?: AbortSignal | undefined;
  /** For tests; default `GIT_LIMITS`. */
  readonly limits?: GitLimits;
}

export interface GitLimits {
  readonly totalMs: number;
  readonly abortedMs: number;
  readonly guardedAfterMs: number;
}

/** A snapshot of very many gigabytes on a slow disk takes a while. */
const GIT_LIMITS: GitLimits = { totalMs: 60 * 60_000, abortedMs: 3_000, guardedAfterMs: 1_000 };

/** Stderr is for messages only; a flood of warnings must not fill memory. */
const STDERR_LIMIT = 64 * 1024;

const running = new Set<ChildProcess>();

/**
 * Runs git without a shell and collects its output.
 * @returns the exit code and output, also for a code other than 0
 * @throws E110 where there is no git, E126 where it does not end, what `signal` was aborted with where it was stopped for that
 */
export function spawnGit({ args, cwd, env, input, maxBytes, ...rest }: GitSpawn): Promise<GitOutput> {
  const { signal, limits = GIT_LIMITS } = rest;
  return new Promise((resolve, reject) => {
    // Its own process group, so that what it starts is stopped with it, and Ctrl-C is pm's to handle.
    const child = spawn("git", args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
    const unwatch = watch(child, signal, limits, (stopped) => {
      if (stopped === "aborted") return reject(signal?.reason);
      const command = args.find((arg) => /^[a-z][a-z-]+$/.test(arg)) ?? "";
      reject(new RunnerError("E126", { path: cwd, command, minutes: Math.ceil(limits.totalMs / 60_000) }));
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = "";
    let cut = false;
    child.stdout.on("data", (chunk: Buffer) => {
      if (cut) return;
      size += chunk.length;
      if (maxBytes === undefined || size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.push(chunk.subarray(0, chunk.length - (size - maxBytes)));
      cut = true;
      killGroup(child);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < STDERR_LIMIT) stderr += text;
    });
    // git may end before it has read all of its input; the exit code says whether that matters.
    child.stdin.on("error", () => undefined);
    child.on("error", (error: NodeJS.ErrnoException) => {
      unwatch();
      reject(
        error.code === "ENOENT"
          ? new RunnerError("E110", { needed: GIT_NEEDED }, error)
          : new RunnerError("E119", { path: "git", reason: error.message }, error),
      );
    });
    child.on("close", (code) => {
      unwatch();
      resolve({ code: cut ? 0 : (code ?? 128), stdout: Buffer.concat(chunks), stderr });
    });
    child.stdin.end(input ?? "");
  });
}

/** Keeps P1 and P2 for one process. @returns ends the watching */
function watch(
  child: ChildProcess,
  signal: AbortSignal | undefined,
  limits: GitLimits,
  onStop: (why: "aborted" | "time") => void,
): () => void {
  if (child.pid === undefined) return () => {};
  if (running.size === 0) process.on("exit", killRunning);
  running.add(child);
  const stop = (why: "aborted" | "time") => {
    killGroup(child);
    onStop(why);
  };
  const total = setTimeout(() => stop("time"), limits.totalMs);
  let grace: NodeJS.Timeout | undefined;
  const onAbort = () => {
    grace = setTimeout(() => stop("aborted"), limits.abortedMs);
  };
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });
  let guard: ReturnType<typeof startProcessGuard> | null = null;
  const guarded = setTimeout(() => {
    guard = startProcessGuard(newRunMark());
    if (child.pid !== undefined) guard.watch(child.pid);
  }, limits.guardedAfterMs);
  return () => {
    for (const timer of [total, grace, guarded]) clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    void guard?.release();
    running.delete(child);
    if (running.size === 0) process.off("exit", killRunning);
  };
}

function killRunning(): void {
  for (const child of running) killGroup(child);
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
