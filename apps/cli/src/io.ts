import type { Readable } from "node:stream";

/** One of the process's two outputs. */
export interface Output {
  readonly isTTY: boolean;
  /** Width in columns; 80 where it is unknown. */
  columns(): number;
  /** Height in lines; 24 where it is unknown. */
  rows(): number;
  write(text: string): void;
  /** @returns a function that stops listening. */
  onResize(listener: () => void): () => void;
}

/** What standard input is: only a pipe or a file can hold a task. */
export type StdinKind = "terminal" | "pipe" | "file" | "nothing";

/** Everything that a command touches of its process, so that tests run commands without one. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: { readonly kind: () => StdinKind; readonly stream: () => Readable };
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  /** The time of day, for people. */
  now(): Date;
  /** Milliseconds that never go backwards. */
  monotonic(): number;
  /** @returns a function that stops the ticking. */
  every(ms: number, tick: () => void): () => void;
  /** @returns a function that stops listening for SIGINT, SIGTERM and SIGHUP. */
  onInterrupt(listener: (signal: string) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): never;
}
