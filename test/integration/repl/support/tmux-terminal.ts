/** A real terminal for the built `pm repl`: a tmux server of the test's own, its screen as text and its bytes as they came. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

export interface TerminalSetup {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
}

export interface TmuxTerminal {
  /** The visible screen. */
  screen(): string;
  /** The screen with what was scrolled away above it; rows that were wrapped are one line. */
  everything(): string;
  /** What the program wrote. */
  raw(): Buffer;
  /** Sends text as a person types it. */
  text(text: string): void;
  /** Keys by tmux's names: `Enter`, `C-c`, `Escape`. */
  keys(...names: string[]): void;
  /** Text, a moment, Enter. */
  line(text: string): Promise<void>;
  /** Pastes a file as the terminal would, bracketed where the program asked for it. */
  paste(content: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves once `found` is true of the screen; rejects with the screen after `ms`. */
  until(what: string | RegExp, ms?: number): Promise<void>;
  untilAll(what: string | RegExp, ms?: number): Promise<void>;
  /** Row and column of the cursor, from 0. */
  cursor(): { readonly row: number; readonly column: number };
  /** Of the program. */
  pid(): number;
  /** Resolves with the exit code; 128 and its number where a signal ended it. */
  ended(ms?: number): Promise<number>;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const POLL_MS = 60;
const WAIT_MS = 20_000;

export function openTmux({ argv, env, cwd, columns = 80, rows = 24 }: TerminalSetup): TmuxTerminal {
  const folder = mkdtempSync(join(tmpdir(), "pm-tmux-"));
  const config = join(folder, "tmux.conf");
  const raw = join(folder, "raw");
  const gate = join(folder, "go");
  writeFileSync(config, "set -g remain-on-exit on\nset -g history-limit 100000\nset -s escape-time 0\n");
  // Without CI and the like: what a test runner's environment says must not change what is drawn.
  const ownEnv = { PATH: process.env.PATH ?? "", TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...env };
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-S", join(folder, "socket"), "-f", config, ...args], {
      env: ownEnv,
      encoding: "utf8",
    });
  onTestFinished(async () => {
    const child = pid();
    tmux("kill-server");
    // What it still writes would be in the way of those who remove its folders.
    for (let waited = 0; isAlive(child) && waited < 5000; waited += POLL_MS) await sleep(POLL_MS);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  // The bytes are wanted from the first one on, so the program waits until somebody listens.
  const wait = `while [ ! -e "$0" ]; do sleep 0.02; done; "$@"; echo $? > "$0.code"`;
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux("new-session", "-d", "-s", "t", ...size, "-c", cwd, "--", "sh", "-c", wait, gate, ...argv);
  tmux("pipe-pane", "-t", "t", "-O", `cat > '${raw}'`);
  writeFileSync(gate, "");

  const format = (text: string) => tmux("display-message", "-p", "-t", "t", text).trim();
  const screen = () => tmux("capture-pane", "-p", "-t", "t");
  const everything = () => tmux("capture-pane", "-p", "-J", "-S", "-", "-t", "t");
  const text = (typed: string) => void tmux("send-keys", "-t", "t", "-l", "--", typed);
  const keys = (...names: string[]) => void tmux("send-keys", "-t", "t", ...names);

  /** The shell's child; the shell itself where that has ended. */
  const pid = () => {
    const shell = format("#{pane_pid}");
    const path = `/proc/${shell}/task/${shell}/children`;
    return Number((existsSync(path) && readFileSync(path, "utf8").trim()) || shell);
  };

  async function poll(look: () => string, what: string | RegExp, ms: number): Promise<void> {
    const end = Date.now() + ms;
    for (;;) {
      const found = look();
      if (typeof what === "string" ? found.includes(what) : what.test(found)) return;
      if (Date.now() > end) throw new Error(`${what} did not come; there is:\n${found}`);
      await sleep(POLL_MS);
    }
  }

  return {
    screen,
    everything,
    raw: () => (existsSync(raw) ? readFileSync(raw) : Buffer.alloc(0)),
    text,
    keys,
    async line(typed) {
      text(typed);
      await sleep(300);
      keys("Enter");
    },
    paste(content) {
      const file = join(folder, "paste");
      writeFileSync(file, content);
      tmux("load-buffer", file);
      // -r: line feeds stay what they are.
      tmux("paste-buffer", "-p", "-r", "-t", "t");
    },
    resize: (wide, high) => void tmux("resize-window", "-t", "t", "-x", String(wide), "-y", String(high)),
    until: (what, ms = WAIT_MS) => poll(screen, what, ms),
    untilAll: (what, ms = WAIT_MS) => poll(everything, what, ms),
    cursor() {
      const [row = 0, column = 0] = format("#{cursor_y} #{cursor_x}").split(" ").map(Number);
      return { row, column };
    },
    pid,
    async ended(ms = WAIT_MS) {
      const code = () => (existsSync(`${gate}.code`) ? readFileSync(`${gate}.code`, "utf8") : screen());
      await poll(code, /^\d+\n$/, ms);
      return Number(code());
    },
  };
}
