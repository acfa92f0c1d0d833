/**
 * Drives one started child: feeds stdin, captures output, watches the limits.
 *
 * Owns the timers and the captures of one run; talks to the isolation through `Lever`, which knows how to end its kind
 * of process.
 * I3 and I4 of types.ts are kept here: capped captures, and the first cause of an early end is the one reported.
 */
import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import { createOutputCapture } from "./output-capture.ts";
import type { CapturedOutput, CommandSpec, Termination } from "./types.ts";

const DEFAULT_CAPTURE_BYTES = 1024 * 1024;
/** Between asking a process to end and killing it. */
const GRACE_MS = 2_000;
/** Output that is still on its way after everything is dead; a pipe held open from outside must not hang us. */
const DRAIN_MS = 2_000;
/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface MainEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly survivors: number;
  readonly spawnError: string | null;
}

export interface Lever {
  /** Asks every process of the run to end. */
  terminate(): void;
  /** Ends every process of the run at once. */
  kill(): void;
  /** Resolves when the main process has ended and nothing of the run is alive; calls `mainEnded` at the first of the two. */
  finished(mainEnded: () => void): Promise<MainEnd>;
}

export interface DrivenEnd extends MainEnd {
  readonly termination: Termination;
  readonly durationMs: number;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
}

/** Runs `child` to its end within the limits of `spec`. Rejects only with what `spec.onStdout` throws. */
export async function driveChild(child: ChildProcess, spec: CommandSpec, lever: Lever): Promise<DrivenEnd> {
  const started = performance.now();
  const cap = spec.captureBytes ?? DEFAULT_CAPTURE_BYTES;
  const captures = { stdout: createOutputCapture(cap), stderr: createOutputCapture(cap) };
  let cause: Termination | null = null;
  let endedAt: number | null = null;
  let thrown: { error: unknown } | null = null;
  let killTimer: NodeJS.Timeout | undefined;

  const stop = (reason: Termination, graceMs = GRACE_MS) => {
    if (cause !== null) return;
    cause = reason;
    lever.terminate();
    killTimer = setTimeout(() => lever.kill(), graceMs);
  };
  const limitTimer = setTimeout(() => stop("time_limit"), Math.min(spec.limitMs, LONGEST_TIMER_MS));
  const idleTimer = spec.idleMs === undefined ? undefined : setTimeout(() => stop("idle_limit"), spec.idleMs);
  const onAbort = () => stop("aborted");
  spec.signal?.addEventListener("abort", onAbort, { once: true });
  if (spec.signal?.aborted) onAbort();

  const streamsEnded = (["stdout", "stderr"] as const).map(
    (name) =>
      new Promise<void>((resolve) => {
        const stream = child[name];
        if (stream === null) return resolve();
        stream.on("data", (chunk: Buffer) => {
          idleTimer?.refresh();
          captures[name].push(chunk);
          if (name === "stderr" || thrown !== null) return;
          try {
            spec.onStdout?.(chunk);
          } catch (error) {
            thrown = { error };
            stop("aborted", 0);
          }
        });
        stream.on("error", () => resolve());
        stream.on("close", () => resolve());
      }),
  );
  child.stdin?.on("error", () => {
    // A child may end, or close its input, before it has read everything.
  });
  const unfeed = feed(child.stdin, spec.stdin);

  try {
    const end = await lever.finished(() => {
      cause ??= "exited";
      endedAt ??= performance.now();
      clearTimeout(limitTimer);
      clearTimeout(idleTimer);
    });
    const drained = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, DRAIN_MS);
    await Promise.all(streamsEnded);
    clearTimeout(drained);
    if (thrown !== null) throw (thrown as { error: unknown }).error;
    return {
      ...end,
      termination: end.spawnError !== null && cause === "exited" ? "spawn_failed" : (cause ?? "exited"),
      durationMs: (endedAt ?? performance.now()) - started,
      stdout: captures.stdout.result(),
      stderr: captures.stderr.result(),
    };
  } finally {
    clearTimeout(limitTimer);
    clearTimeout(idleTimer);
    clearTimeout(killTimer);
    unfeed();
    spec.signal?.removeEventListener("abort", onAbort);
  }
}

/** @returns ends the feeding: a stream that goes on would otherwise wait for a reader that is dead. */
function feed(stdin: Writable | null, input: CommandSpec["stdin"]): () => void {
  if (input === undefined || typeof input === "string") {
    stdin?.end(input ?? "");
    return () => {};
  }
  // A source that fails has said all that it had to say.
  input.on("error", () => stdin?.end());
  if (stdin !== null) input.pipe(stdin);
  return () => {
    input.unpipe();
    input.destroy();
  };
}

/** A result for what was never started. */
export function notStarted(
  spec: CommandSpec,
  termination: "aborted" | "spawn_failed",
  spawnError: string | null,
) {
  const nothing: CapturedOutput = {
    bytes: 0,
    head: Buffer.alloc(0),
    tail: Buffer.alloc(0),
    truncated: false,
  };
  return {
    argv: spec.argv,
    exitCode: null,
    signal: null,
    termination,
    durationMs: 0,
    stdout: nothing,
    stderr: nothing,
    survivors: 0,
    spawnError,
  };
}
