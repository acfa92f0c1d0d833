/**
 * Owns the terminal's state: raw mode and bracketed paste. Talks to the process's streams and signals.
 *
 * Invariants:
 * 1 whatever ends the process but SIGKILL, the terminal is as it was: raw mode off, bracketed paste off, cursor visible;
 * 2 a stopped process (SIGTSTP) leaves the terminal to the shell, and takes it again when it goes on;
 * 3 a terminal that went away ends nothing by an error.
 */
import { writeSync } from "node:fs";
import type { Size } from "./screen.ts";

const ENTER = "\x1b[?2004h";
const LEAVE = "\x1b[?2004l\x1b[?25h";
const ENDING = ["SIGTERM", "SIGHUP", "SIGINT"] as const;

export interface TerminalListener {
  onInput(bytes: Uint8Array): void;
  onResize(): void;
  /** A signal that asks the process to end. */
  onSignal(signal: (typeof ENDING)[number]): void;
  /** Before the process stops: what is drawn should be taken away. */
  onSuspend(): void;
  onResume(): void;
  /** The terminal went away. */
  onEnd(): void;
}

export interface Terminal {
  size(): Size;
  write(text: string): void;
  /** Gives the terminal back. */
  close(): void;
}

/** Takes the terminal. */
export function openTerminal(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream & { readonly fd: number },
  listener: TerminalListener,
): Terminal {
  let closed = false;
  const raw = (on: boolean) => {
    if (stdin.isTTY) stdin.setRawMode(on);
  };
  const enter = () => {
    raw(true);
    stdout.write(ENTER);
  };
  const leaveNow = () => {
    try {
      raw(false);
      writeSync(stdout.fd, LEAVE);
    } catch {
      // The terminal is gone, and with it what was to be restored.
    }
  };
  const suspend = () => {
    listener.onSuspend();
    leaveNow();
    process.kill(process.pid, "SIGSTOP");
  };
  const resume = () => {
    enter();
    listener.onResume();
  };
  const ignore = () => listener.onEnd();
  const signals = ENDING.map((signal) => [signal, () => listener.onSignal(signal)] as const);

  for (const [signal, handle] of signals) process.on(signal, handle);
  process.on("SIGTSTP", suspend);
  process.on("SIGCONT", resume);
  process.on("exit", leaveNow);
  stdin.on("data", listener.onInput);
  stdin.on("end", listener.onEnd);
  stdin.on("error", ignore);
  stdout.on("resize", listener.onResize);
  enter();
  stdin.resume();

  return {
    size: () => sizeOf(stdout),
    write: (text) => void stdout.write(text),
    close() {
      if (closed) return;
      closed = true;
      for (const [signal, handle] of signals) process.off(signal, handle);
      process.off("SIGTSTP", suspend);
      process.off("SIGCONT", resume);
      process.off("exit", leaveNow);
      stdin.off("data", listener.onInput);
      stdin.off("end", listener.onEnd);
      stdin.off("error", ignore);
      stdout.off("resize", listener.onResize);
      stdin.pause();
      raw(false);
      stdout.write(LEAVE);
    },
  };
}

/** Asked anew each time: between a resize and its signal, what Node remembers is wrong. */
function sizeOf(stdout: NodeJS.WriteStream): Size {
  let [columns, rows] = [stdout.columns, stdout.rows];
  try {
    [columns, rows] = stdout.getWindowSize();
  } catch {
    // A terminal that went away has no size any more.
  }
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}
