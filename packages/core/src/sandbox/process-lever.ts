import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lever, MainEnd } from "./drive-child.ts";
import { signalProcess, startOf } from "./process-table.ts";
import { processesOfRun } from "./run-mark.ts";
import { SETTLE_MS } from "./sandbox-lever.ts";

const POLL_MS = 10;
/** A forking process may have made a child while its parent was being killed: look again until none is left. */
const KILL_ROUNDS = 200;

/** Ends and counts the processes of a run by their marks, as there is no namespace to do it. */
export function createProcessLever(child: ChildProcess, mark: string, dirs: readonly string[]): Lever {
  const mainPid = child.pid ?? -1;
  const startedAt = startOf(mainPid);
  let terminated = false;
  let killed = false;

  const living = () => processesOfRun({ mark, mainPid, startedAt, dirs });
  const signalAll = (signal: NodeJS.Signals) => {
    for (const entry of living()) signalProcess(entry.pid, signal);
  };
  const settle = async (): Promise<number> => {
    const deadline = performance.now() + SETTLE_MS;
    for (;;) {
      const alive = living().length;
      if (alive === 0 || killed) return 0;
      if (!terminated && performance.now() >= deadline) return alive;
      await sleep(POLL_MS);
    }
  };
  const killAll = async () => {
    for (let round = 0; round < KILL_ROUNDS; round += 1) {
      const alive = living();
      if (alive.length === 0) return;
      for (const entry of alive) signalProcess(entry.pid, "SIGKILL");
      await sleep(round === 0 ? 1 : POLL_MS);
    }
  };

  const exited = new Promise<Omit<MainEnd, "survivors">>((resolve) => {
    child.on("exit", (exitCode, signal) => resolve({ exitCode, signal, spawnError: null }));
    child.on("error", (error) => resolve({ exitCode: null, signal: null, spawnError: error.message }));
  });

  return {
    terminate() {
      terminated = true;
      signalAll("SIGTERM");
    },
    kill() {
      killed = true;
      signalAll("SIGKILL");
    },
    async finished(mainEnded) {
      const end = await exited;
      mainEnded();
      if (end.spawnError !== null) return { ...end, survivors: 0 };
      const survivors = await settle();
      await killAll();
      return { ...end, survivors };
    },
  };
}
