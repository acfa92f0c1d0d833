/**
 * Ends a web server of another process: asked twice, then forced.
 *
 * Invariants:
 * K1 before each signal the process is looked at again: one that only has the pid of a server that is gone is never touched;
 * K2 when it has resolved, the process is gone and so is its entry in `web.json`.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isAlive, RunnerError } from "@pm/core";
import type { WebRecord } from "./web-record.ts";
import { forgetGone } from "./web-registry.ts";

/** When each signal is sent: the second one hands back at once what still runs, as with `pm worker`. */
const SIGNALS = [
  { at: 0, signal: "SIGTERM" },
  { at: 500, signal: "SIGTERM" },
  { at: 10_000, signal: "SIGKILL" },
] as const;
const GIVE_UP_MS = 15_000;
const LOOK_MS = 25;

/** @returns whether it had to be killed. @throws RunnerError E484 */
export async function stopServer(home: string, record: WebRecord): Promise<{ readonly forced: boolean }> {
  const begin = performance.now();
  let sent = 0;
  while (isAlive(record)) {
    const passed = performance.now() - begin;
    if (passed > GIVE_UP_MS)
      throw new RunnerError("E484", { pid: record.pid, reason: "it is there still, though it was killed" });
    const next = SIGNALS[sent];
    if (next !== undefined && passed >= next.at) {
      signalTo(record, next.signal);
      sent += 1;
    }
    await delay(LOOK_MS);
  }
  await forgetGone(home, record.namespace);
  return { forced: sent === SIGNALS.length };
}

function signalTo({ pid }: WebRecord, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH") throw new RunnerError("E484", { pid, reason: message }, error);
  }
}
