/**
 * A process that contends for a lock: `lock-contender <dir> <log> <rounds> <mode>`. Mode `work` takes it `rounds` times,
 * each time appending its fence and pid to `log` on entry and on leaving; `hold` takes it once and then waits to be killed.
 */
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { acquireLock, LockHeldError } from "../../src/locks/file-lock.ts";

const [dir = "", log = "", rounds = "1", mode = "work"] = process.argv.slice(2);

for (let done = 0; done < Number(rounds); ) {
  try {
    const lock = acquireLock(dir, { now: () => new Date() });
    appendFileSync(log, `enter ${lock.fence} ${process.pid}\n`);
    if (mode === "hold") await sleep(60_000);
    await sleep(Math.random() * 3);
    appendFileSync(log, `leave ${lock.fence} ${process.pid}\n`);
    lock.release();
    done += 1;
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    await sleep(Math.random() * 3);
  }
}
