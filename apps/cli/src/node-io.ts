import { fstatSync } from "node:fs";
import type { Io, Output, StdinKind } from "./io.ts";

const INTERRUPTS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    isTTY: stream.isTTY === true,
    columns: () => (stream.columns > 0 ? stream.columns : 80),
    rows: () => (stream.rows > 0 ? stream.rows : 24),
    write: (text) => void stream.write(text),
    onResize(listener) {
      stream.on("resize", listener);
      return () => void stream.off("resize", listener);
    },
  };
}

function stdinKind(): StdinKind {
  if (process.stdin.isTTY) return "terminal";
  try {
    // As bigint: Node keeps the plain numbers of the last stat, and where they are a pipe's, its realpath stops half-way;
    // then a package that is loaded later, through a symbolic link, does not find its own dependencies.
    const stat = fstatSync(0, { bigint: true });
    if (stat.isFIFO() || stat.isSocket()) return "pipe";
    return stat.isFile() && stat.size > 0n ? "file" : "nothing";
  } catch {
    return "nothing";
  }
}

/** @returns the process as commands see it. */
export function createNodeIo(): Io {
  let stderr: Output | undefined;
  return {
    stdout: outputOf(process.stdout),
    // Made when first asked for: a stream costs start-up time, and most commands print no progress.
    get stderr() {
      if (stderr === undefined) {
        // Progress that nobody can read any more (a closed terminal) must not end a run.
        process.stderr.on("error", () => {});
        stderr = outputOf(process.stderr);
      }
      return stderr;
    },
    stdin: { kind: stdinKind, stream: () => process.stdin },
    env: process.env,
    cwd: () => process.cwd(),
    now: () => new Date(),
    monotonic: () => Number(process.hrtime.bigint()) / 1e6,
    every(ms, tick) {
      const timer = setInterval(tick, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
    onInterrupt(listener) {
      for (const signal of INTERRUPTS) process.on(signal, listener);
      return () => {
        for (const signal of INTERRUPTS) process.off(signal, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}
