/**
 * Holds the two channels to one sandbox: `info` (bwrap tells the host pid of PID 1) and `status` (see sandbox-init.ts).
 *
 * B1: the `go` that starts the main process is sent only when PID 1 is known and has said `@ready`.
 * B2: survivors are the living descendants of PID 1 after `@done`, seen from outside, once they had time to end.
 */
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lever, MainEnd } from "./drive-child.ts";
import { descendantsOf, hasNoChildren, signalProcess } from "./process-table.ts";

/** Processes that end by themselves this soon after the main one are no survivors. */
export const SETTLE_MS = 150;
const POLL_MS = 10;

export interface SandboxChannels {
  readonly child: ChildProcess;
  readonly status: Socket;
  readonly info: Socket;
  /** For messages. */
  readonly program: string;
}

interface Report {
  ready: boolean;
  /** Why the program can't be started. */
  refused: string | null;
  /** As shells number it. */
  exit: number | null;
  done: boolean;
  complaint: string;
}

/** @returns the signal that a shell's exit status stands for. */
function signalOf(status: number): NodeJS.Signals | null {
  const entry = Object.entries(constants.signals).find(([, number]) => number === status - 128);
  return (entry?.[0] as NodeJS.Signals | undefined) ?? null;
}

/**
 * What the shell's report means. A shell complains about a child that a signal killed (but not of SIGINT and SIGPIPE,
 * which therefore show as exit codes 130 and 141), and about a program that can't be executed, say for want of its
 * interpreter: then its line is all that was ever written to stderr.
 */
function mainEndOf(report: Report, program: string, stderrHead: string): Omit<MainEnd, "survivors"> {
  const never = (reason: string) => ({ exitCode: null, signal: null, spawnError: `${program}: ${reason}` });
  if (report.refused !== null) return never(report.refused);
  const status = report.exit;
  if (status === null) return { exitCode: null, signal: "SIGKILL", spawnError: null };
  if ((status === 126 || status === 127) && /^pm-init: [^\n]*\n$/.test(stderrHead)) {
    return never(stderrHead.replace(/^pm-init: (line )?\d+: (exec: )?/, "").trim());
  }
  const signal = report.complaint !== "" && status > 128 ? signalOf(status) : null;
  return { exitCode: signal === null ? status : null, signal, spawnError: null };
}

export function createSandboxLever(channels: SandboxChannels): Lever {
  const { child, status, info } = channels;
  const report: Report = { ready: false, refused: null, exit: null, done: false, complaint: "" };
  let initPid: number | null = null;
  let infoText = "";
  let lineRest = "";
  let killed = false;
  let terminated = false;
  let started = false;
  let stderrHead = "";
  let onMainEnded: () => void = () => {};
  let onDone: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    onDone = resolve;
  });

  const tryStart = () => {
    if (started || killed || !report.ready || initPid === null) return;
    started = true;
    status.write("go\n");
  };
  const onLine = (line: string) => {
    const exit = /^@exit (\d+)$/.exec(line);
    if (line === "@ready") report.ready = true;
    else if (line === "@missing") report.refused = "not found";
    else if (line === "@denied") report.refused = "permission denied";
    else if (exit) report.exit = Number(exit[1]);
    else if (line === "@done") report.done = true;
    else if (report.exit === null) report.complaint += `${line}\n`;
    // Before it is ready the init has nothing to complain of but a bridge that can't be started.
    if (!report.ready && report.complaint !== "") kill();
    if (exit || report.refused !== null) onMainEnded();
    if (report.done) onDone();
    tryStart();
  };
  status.on("data", (chunk: Buffer) => {
    const lines = (lineRest + chunk.toString("latin1")).split("\n");
    lineRest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  info.on("data", (chunk: Buffer) => {
    infoText += chunk.toString("latin1");
    const pid = /"child-pid":\s*(\d+)/.exec(infoText)?.[1];
    if (pid === undefined) return;
    initPid ??= Number(pid);
    if (killed) signalProcess(initPid, "SIGKILL");
    tryStart();
  });
  for (const channel of [status, info]) channel.on("error", () => {});
  child.stderr?.on("data", (chunk: Buffer) => {
    if (stderrHead.length < 4096) stderrHead += chunk.toString("utf8");
  });

  const exited = new Promise<Error | null>((resolve) => {
    child.on("exit", () => resolve(null));
    child.on("error", (error) => resolve(error));
  });

  function kill(): void {
    killed = true;
    // bwrap ends when its PID 1 has, and that when all of its namespace has; killing bwrap would leave us guessing.
    if (initPid !== null) signalProcess(initPid, "SIGKILL");
    else child.kill("SIGKILL");
  }

  /**
   * Waits until nothing but PID 1 lives. After an early end of our making there are no survivors to speak of: what is
   * left has the rest of the grace, then `kill` comes.
   */
  const countSurvivors = async (): Promise<number> => {
    const pid = initPid;
    if (pid === null) return 0;
    const deadline = performance.now() + SETTLE_MS;
    for (;;) {
      if (killed || hasNoChildren(pid)) return 0;
      const alive = descendantsOf(pid).length;
      if (alive === 0) return 0;
      if (!terminated && performance.now() >= deadline) return alive;
      await sleep(POLL_MS);
    }
  };

  return {
    terminate() {
      terminated = true;
      if (initPid === null || !started) return kill();
      for (const entry of descendantsOf(initPid)) signalProcess(entry.pid, "SIGTERM");
    },
    kill,
    async finished(mainEnded) {
      onMainEnded = mainEnded;
      if (report.exit !== null || report.refused !== null) mainEnded();
      const first = await Promise.race([done.then(() => "done" as const), exited]);
      let survivors = 0;
      if (first === "done") {
        survivors = await countSurvivors();
        kill();
      }
      const error = await exited;
      mainEnded();
      status.destroy();
      info.destroy();
      if (error !== null) {
        return { exitCode: null, signal: null, survivors: 0, spawnError: error.message };
      }
      if (!started && !killed) {
        const reason = stderrHead.trim() || "the sandbox ended before it was ready";
        return { exitCode: null, signal: null, survivors: 0, spawnError: reason };
      }
      return { ...mainEndOf(report, channels.program, stderrHead), survivors };
    },
  };
}
