/**
 * The isolation port: how `pm` runs a process that it does not trust.
 *
 * Invariants, for every implementation:
 * I1 the child's environment is the allow-list plus what the call adds, nothing else of ours;
 * I2 when `run` returns, no process that the call started is alive (what had to be killed after the main process ended
 *    is counted in `survivors`);
 * I3 output never fills memory: beyond the caps only head, tail and a count are kept;
 * I4 the first cause of an early end wins and is the one reported in `termination`.
 */
import type { Readable } from "node:stream";

export const ISOLATION_LEVELS = ["sandbox", "process"] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** A checkout as a child sees it. */
export interface Place {
  /** Host directory that holds the checkout. */
  readonly dir: string;
  /** Path under which the child sees it; the project's own path, so that absolute paths in tool chains hold. */
  readonly mountAt: string;
  /** `layer`: writable, and `dir` stays as it is: what is written goes with the run. For level `sandbox` alone. */
  readonly access: "read" | "write" | "layer";
  /** Ignored dependency folders of the user's project, relative (say `node_modules`): there, but never alterable. */
  readonly dependencies: readonly string[];
  /** Host directory that serves as the child's HOME; writable, thrown away by the caller. */
  readonly home: string;
  /** Further host paths that the child must be able to read (its own executable, say). */
  readonly readable: readonly string[];
}

export type Termination = "exited" | "time_limit" | "idle_limit" | "aborted" | "spawn_failed";

export interface CapturedOutput {
  /** All bytes that the child wrote. */
  readonly bytes: number;
  readonly head: Buffer;
  /** Empty where everything fits in `head`. */
  readonly tail: Buffer;
  readonly truncated: boolean;
}

export interface CommandSpec {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is closed at its end; nothing = closed at once. A stream is a conversation. */
  readonly stdin?: string | Readable;
  readonly limitMs: number;
  /** Stop after so long without a byte on stdout or stderr. */
  readonly idleMs?: number;
  readonly signal?: AbortSignal;
  readonly onStdout?: (chunk: Buffer) => void;
  /** Bytes kept of each of stdout and stderr (half as head, half as tail). Default 1 MiB. */
  readonly captureBytes?: number;
  /**
   * The one way out of the child's network: a unix socket of ours. The child reaches it as plain HTTP at a loopback
   * url, which `env` is given. Without it a sandboxed child has no network at all.
   */
  readonly endpoint?: { readonly socketPath: string; env(url: string): Record<string, string> };
}

export interface CommandResult {
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly termination: Termination;
  readonly durationMs: number;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** Processes still alive after the main one ended, killed by us. */
  readonly survivors: number;
  /** Why it could not be started, where `termination` is `spawn_failed`. */
  readonly spawnError: string | null;
}

export interface Isolation {
  readonly level: IsolationLevel;
  /** One line for people: what is isolated and by what. */
  readonly description: string;
  /**
   * Begins to find out what the first run in a folder below `scratch` needs to know of this machine, so that it need not
   * wait. Optional for both sides; never fails.
   */
  prepare?(scratch: string): void;
  run(place: Place, spec: CommandSpec): Promise<CommandResult>;
}
