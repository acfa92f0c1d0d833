import { Readable } from "node:stream";
import type { Io, StdinKind } from "../src/io.ts";

export interface FakeIoOptions {
  readonly tty?: boolean;
  readonly columns?: number;
  readonly stdin?: { readonly kind: StdinKind; readonly text?: string; readonly neverEnds?: boolean };
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Milliseconds since 1970; default: a moment in 2026, moved on by `pass`. */
  readonly now?: () => number;
}

export interface FakeIo extends Io {
  out(): string;
  err(): string;
  interrupt(signal: string): void;
  /** Moves the clock and lets every ticker tick once. */
  pass(ms: number): void;
  resize(columns: number): void;
  readonly exits: number[];
  readonly listeners: () => number;
}

/** A process that exists only in memory. */
export function createFakeIo(options: FakeIoOptions = {}): FakeIo {
  const tty = options.tty ?? false;
  let columns = options.columns ?? 80;
  let now = 0;
  const written = { out: "", err: "" };
  const resizers = new Set<() => void>();
  const tickers = new Set<() => void>();
  const interrupts = new Set<(signal: string) => void>();
  const exits: number[] = [];
  const output = (name: "out" | "err") => ({
    isTTY: tty,
    columns: () => columns,
    rows: () => 24,
    write: (text: string) => {
      written[name] += text;
    },
    onResize(listener: () => void) {
      resizers.add(listener);
      return () => void resizers.delete(listener);
    },
  });
  const stdin = options.stdin ?? { kind: tty ? "terminal" : "nothing" };
  const stream = new Readable({ read() {} });
  if (stdin.text !== undefined) stream.push(stdin.text);
  if (stdin.neverEnds !== true) stream.push(null);
  return {
    stdout: output("out"),
    stderr: output("err"),
    stdin: { kind: () => stdin.kind, stream: () => stream },
    env: options.env ?? {},
    cwd: () => options.cwd ?? "/work",
    now: () => new Date(options.now?.() ?? Date.parse("2026-01-02T12:00:00.000Z") + now),
    monotonic: () => now,
    every(_, tick) {
      tickers.add(tick);
      return () => void tickers.delete(tick);
    },
    onInterrupt(listener) {
      interrupts.add(listener);
      return () => void interrupts.delete(listener);
    },
    exit(code) {
      exits.push(code);
      throw new Error(`exit ${code}`);
    },
    out: () => written.out,
    err: () => written.err,
    interrupt: (signal) => {
      for (const listener of interrupts) listener(signal);
    },
    pass(ms) {
      now += ms;
      for (const tick of tickers) tick();
    },
    resize(next) {
      columns = next;
      for (const listener of resizers) listener();
    },
    exits,
    listeners: () => resizers.size + tickers.size + interrupts.size,
  };
}
