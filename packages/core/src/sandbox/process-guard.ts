/**
 * A small shell beside a run that outlives a kill -9 of pm and then kills what the run started: the process group,
 * and, at level `process`, whatever carries the mark. It knows that pm is gone when its standard input ends without a word. The script is constant text
 * (and `kill -s KILL --`, as dash has no `kill -KILL --`).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { MARK_VARIABLE } from "./run-mark.ts";

/** $1: the mark as it stands in an environment. Standard input: the pid of the main process, then `done`. */
const GUARD_SCRIPT = `
read -r main
[ "$main" = done ] && exit 0
read -r word && [ "$word" = done ] && exit 0
marked() {
  if [ -d /proc/self ]; then
    grep -lsa -- "$1" /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do echo "$pid"; done
  else
    ps -axEww -o pid= -o command= | grep -F -- "$1" | while read -r pid _; do [ "$pid" = $$ ] || echo "$pid"; done
  fi
}
round=0
while [ $round -lt 50 ]; do
  [ -n "$main" ] && kill -s KILL -- "-$main" 2>/dev/null
  pids=$(marked "$1")
  [ -z "$pids" ] && exit 0
  for pid in $pids; do kill -s KILL -- "$pid" 2>/dev/null; done
  round=$((round + 1))
done
`;

export interface ProcessGuard {
  /** Tells the process group to kill. */
  watch(mainPid: number): void;
  /** The run is over and clean. */
  release(): Promise<void>;
}

export function startProcessGuard(mark: string): ProcessGuard {
  const guard: ChildProcess = spawn("/bin/sh", ["-c", GUARD_SCRIPT, "pm-guard", `${MARK_VARIABLE}=${mark}`], {
    env: { PATH: "/usr/bin:/bin" },
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    guard.on("exit", () => resolve());
    guard.on("error", () => resolve());
  });
  guard.stdin?.on("error", () => {});
  return {
    watch: (mainPid) => void guard.stdin?.write(`${mainPid}\n`),
    async release() {
      guard.stdin?.end("done\n");
      await ended;
    },
  };
}
