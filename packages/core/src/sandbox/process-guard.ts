/**
 * A small shell beside a run that outlives a kill -9 of pm and then kills what the run started: the process group,
 * and whatever carries the mark, with its group: at level `process` all of the run, else bwrap itself. It knows that pm is gone when its standard input
 * ends without a word. It looks for half a second more: a process between fork and exec carries no mark yet, and pm may
 * have died before it could tell the main one's pid. The script is constant text (and `kill -s KILL --`, as dash has no
 * `kill -KILL --`).
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
group() {
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return
    set -- \${stat##*) }
    echo "$3"
  else
    echo $(ps -o pgid= -p "$1")
  fi
}
round=0 quiet=0
while [ $round -lt 50 ] && [ $quiet -lt 5 ]; do
  [ -n "$main" ] && kill -s KILL -- "-$main" 2>/dev/null
  pids=$(marked "$1")
  quiet=$((quiet + 1))
  for pid in $pids; do
    quiet=0
    of=$(group "$pid")
    [ -n "$of" ] && kill -s KILL -- "-$of" 2>/dev/null
    kill -s KILL -- "$pid" 2>/dev/null
  done
  round=$((round + 1))
  [ $quiet -gt 0 ] && sleep 0.1
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
